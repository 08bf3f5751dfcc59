package import LuaRuntime

/// One value that a script measured, with the limits it was held against.
package struct Measurement: Sendable, Equatable {
    package enum Verdict: String, Sendable, Equatable { case pass, fail }

    package var name: String
    /// A number, a string or a boolean; other kinds are refused where the script measures.
    package var value: LuaValue
    /// `dBm`, `s`; nil where the value has none.
    package var unit: String?
    /// Limits of a number, both inclusive; nil: none on that side.
    package var min: Double?
    package var max: Double?
    package var verdict: Verdict

    package init(
        name: String,
        value: LuaValue,
        unit: String? = nil,
        min: Double? = nil,
        max: Double? = nil
    ) {
        self.name = name
        self.value = value
        self.unit = unit
        self.min = min
        self.max = max
        verdict = Self.verdict(of: value, min: min, max: max)
    }

    /// A value that is no number passes when no limit was given and fails otherwise; NaN fails every limit.
    private static func verdict(of value: LuaValue, min: Double?, max: Double?) -> Verdict {
        if min == nil, max == nil { return .pass }
        guard let number = value.number else { return .fail }
        if let min, !(number >= min) { return .fail }
        if let max, !(number <= max) { return .fail }
        return .pass
    }
}

extension Measurement {
    /// `rssi -67 dBm   (≥ -95)`: name, value, unit, and the limits in brackets.
    package var text: String {
        limits.map { "\(shown)   (\($0))" } ?? shown
    }

    /// `rssi -67 dBm`.
    package var shown: String {
        let value = "\(name) \(Self.shown(value))"
        return unit.map { "\(value) \($0)" } ?? value
    }

    /// `≥ -95`, `≤ 3`, `1…3`; nil without limits.
    package var limits: String? {
        switch (min, max) {
        case (let min?, let max?): "\(Self.shown(min))…\(Self.shown(max))"
        case (let min?, nil): "≥ \(Self.shown(min))"
        case (nil, let max?): "≤ \(Self.shown(max))"
        case (nil, nil): nil
        }
    }

    private static func shown(_ value: LuaValue) -> String {
        switch value {
        case .integer(let value): String(value)
        case .number(let value): shown(value)
        case .string: value.text ?? ""
        case .boolean(let value): String(value)
        case .nil, .table, .object, .function: value.typeName
        }
    }

    /// Whole numbers without a fraction.
    static func shown(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? String(number)
    }
}
