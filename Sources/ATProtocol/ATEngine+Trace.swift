extension ATEngine {
    mutating func record(_ kind: Record.Kind, _ reading: StaticString, rule: Int = 0, at now: Moment) {}
    mutating func record(_ kind: Record.Kind, _ reading: Classifier.Reading, at now: Moment) {}
    mutating func resolve(_ reading: Classifier.Reading, at now: Moment) {}
    mutating func trace(_ kind: Record.Kind, exchange: ExchangeID?, _ note: @autoclosure () -> String, at now: Moment) {
    }
    mutating func trace(_ kind: Record.Kind, exchange: ExchangeID?, _ bytes: [UInt8], at now: Moment) {}
    mutating func trace(_ kind: Record.Kind, bytes: [UInt8], at now: Moment) {}
    mutating func traceWrite(_ bytes: [UInt8], of exchange: Exchange, part: Secret.Part, at now: Moment) {}
    mutating func traceEvent(_ body: Event.Body, at now: Moment) {}
    mutating func traceSettled() {}
    mutating func traceAbandoned(_ raw: [UInt8], at now: Moment) {}
    mutating func remember() {}
    mutating func rememberLine(_ line: [UInt8]) {}
    func shown(_ line: Line, of exchange: Exchange) -> Line { line }
}
extension Command {
    /// The line as it may be shown.
    var shownLine: [UInt8] {
        var shown = line
        for secret in secrets where secret.part == .line {
            for index in secret.range where shown.indices.contains(index) { shown[index] = .maskMark }
        }
        return shown
    }
}
