/// The texts behind `+CME ERROR:` and `+CMS ERROR:` and their numbers (TS 27.007 § 9.2, TS 27.005 § 3.2.5).
public struct ErrorTexts: Equatable, Sendable {
    private var cme: [String: Int] = [:]
    private var cms: [String: Int] = [:]

    public init() {}

    /// - Parameters:
    ///   - cme: number → text; texts are compared without case.
    ///   - cms: the same for message service errors.
    public init(cme: [Int: String], cms: [Int: String]) {
        self.cme = Self.inverted(cme)
        self.cms = Self.inverted(cms)
    }

    func cmeNumber(of text: String) -> Int? { cme[text] }
    func cmsNumber(of text: String) -> Int? { cms[text] }

    private static func inverted(_ table: [Int: String]) -> [String: Int] {
        // The smaller number wins where two share a text.
        table.sorted { $0.key > $1.key }.reduce(into: [:]) { inverse, entry in
            inverse[String(decoding: entry.value.utf8.map(\.lowercased), as: UTF8.self)] = entry.key
        }
    }
}
