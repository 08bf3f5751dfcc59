import A7600

/// Seconds since 1970 as a date people read.
enum CivilDate {
    /// `2031-05-04`, in UTC; the number itself outside 2000 to 2069.
    static func text(_ seconds: Int) -> String {
        guard let time = ModuleTime(secondsSince1970: Double(seconds)) else { return "\(seconds)" }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        return "\(time.year)-\(two(time.month))-\(two(time.day))"
    }
}
