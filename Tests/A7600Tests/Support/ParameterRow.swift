import A7600
import Testing

/// A line with `%` where a parameter stands, and the range from the specification.
struct ParameterRow: Sendable, CustomTestStringConvertible {
    enum Range: Sendable {
        case numbers([ClosedRange<Int>])
        /// Length in bytes; `fill` makes a valid string of a length.
        case bytes(ClosedRange<Int>, fill: @Sendable (Int) -> String)
        case words([String])
        case hexadecimal
    }

    let line: String
    let parameter: String
    let range: Range
    let allowed: String
    let profile: Profile
    /// Whether the parameter declares the number of data bytes.
    let declares: Bool
    var testDescription: String { "\(profile.name) \(line) \(parameter)" }

    init(
        _ line: String,
        _ parameter: String,
        _ range: Range,
        _ allowed: String,
        _ profile: Profile = .a7600,
        declares: Bool = false
    ) {
        self.line = line
        self.parameter = parameter
        self.range = range
        self.allowed = allowed
        self.profile = profile
        self.declares = declares
    }

    init(_ line: String, _ parameter: String, _ range: ClosedRange<Int>, _ profile: Profile = .a7600) {
        self.init(line, parameter, .numbers([range]), "\(range.lowerBound)-\(range.upperBound)", profile)
    }

    /// A length of data.
    init(_ line: String, length range: ClosedRange<Int>, _ profile: Profile = .a7600) {
        self.init(
            line,
            "length",
            .numbers([range]),
            "\(range.lowerBound)-\(range.upperBound)",
            profile,
            declares: true
        )
    }

    var command: String { String(line.prefix { $0 != "=" }) }

    func with(_ value: String) -> String {
        line.split(separator: "%", omittingEmptySubsequences: false).joined(separator: value)
    }

    /// The data a line has to come with: as many bytes as its length says.
    func data(for line: String) -> [UInt8]? {
        let body = line.drop { $0 != "=" }.dropFirst()
        let fields = body.split(separator: ",")
        guard let place = dataField, place < fields.count, let length = Int(fields[place]), length > 0 else {
            return nil
        }
        return [UInt8](repeating: UInt8(ascii: "a"), count: length)
    }

    private var dataField: Int? {
        let fields = line.drop { $0 != "=" }.split(separator: ",").count
        return switch command {
        case "AT+CMQTTWILLTOPIC", "AT+CMQTTTOPIC", "AT+CMQTTPAYLOAD", "AT+CMQTTWILLMSG", "AT+CMQTTSUBTOPIC",
            "AT+CMQTTUNSUBTOPIC", "AT+CCERTDOWN":
            1
        case "AT+CMQTTSUB" where fields > 2 && !line.contains("\"") && !line.contains("topic"): 1
        case "AT+CMQTTUNSUB" where fields > 2: 1
        case "AT+CMQTTPUB" where line.contains("\""): 3
        default: nil
        }
    }
}
