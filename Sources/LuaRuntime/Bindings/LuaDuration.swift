/// How scripts write spans of time.
public enum LuaDuration {
    public struct Problem: Error, Sendable, Equatable {
        public var message: String
    }

    static let longestPlainNumber = 86_400.0

    /// A number is seconds, up to a day; a string carries its unit: `ms`, `s`, `m`, `h`. Negative spans are refused.
    public static func parse(_ value: LuaValue) -> Result<Duration, Problem> {
        switch value {
        case .integer, .number:
            guard let seconds = value.number else { return .failure(expected(value)) }
            guard seconds <= longestPlainNumber else {
                return .failure(Problem(message: "\(shown(seconds)) is more than a day; timeouts are in seconds"))
            }
            return spanned(seconds: seconds)
        case .string(let bytes):
            let text = String(decoding: bytes, as: UTF8.self)
            guard let seconds = seconds(of: text) else {
                return .failure(
                    Problem(message: "'\(text)' is no time span; write seconds, or \"1500ms\" \"2s\" \"1m\" \"2h\"")
                )
            }
            return spanned(seconds: seconds)
        case .nil, .boolean, .table, .object, .function:
            return .failure(expected(value))
        }
    }

    private static func spanned(seconds: Double) -> Result<Duration, Problem> {
        guard seconds >= 0, seconds < 1e9 else {
            return .failure(Problem(message: "a time span cannot be \(shown(seconds)) s"))
        }
        return .success(.nanoseconds(Int64((seconds * 1e9).rounded())))
    }

    private static func seconds(of text: String) -> Double? {
        for (suffix, factor) in [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)] where text.hasSuffix(suffix) {
            let digits = text.dropLast(suffix.count)
            guard let first = digits.first, first.isNumber || first == "." else { return nil }
            return Double(digits).map { $0 * factor }
        }
        return nil
    }

    private static func expected(_ value: LuaValue) -> Problem {
        Problem(message: "seconds or a time span like \"2s\" expected, got \(value.typeName)")
    }

    private static func shown(_ seconds: Double) -> String {
        Int64(exactly: seconds).map { "\($0)" } ?? "\(seconds)"
    }
}
