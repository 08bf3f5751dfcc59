import A7600

/// How a command that has not been refused is answered.
enum Answer: Sendable {
    /// Order K: information lines, if any, then `OK`.
    case ok([[UInt8]])
    /// Order P: data are wanted.
    case prompt(DataRequest)
    /// Orders A to E: a result line beside the final result code, when the ticket is completed.
    case result(PendingResult)
    /// The module goes down behind its `OK`.
    case restart(RestartKind)

    static let ok = Answer.ok([])
    static func ok(_ line: String) -> Answer { .ok([Array(line.utf8)]) }
    static func lines(_ lines: [String]) -> Answer { .ok(lines.map { Array($0.utf8) }) }
}

enum RestartKind: Equatable, Sendable {
    case reset
    case powerOff
}

/// Exactly `length` bytes follow the prompt, whatever they are.
struct DataRequest: Sendable {
    var length: Int
    /// How long the answer takes once the data are complete.
    var pause = Duration.zero
    /// Called with the complete data; its answer is the command's.
    var complete: @Sendable (inout ModuleState, [UInt8]) throws(Refusal) -> Answer
}

/// Names one asynchronous operation; never reused within a module's life.
struct Ticket: Hashable, Sendable {
    var number: UInt64
}

/// An operation whose result is reported when it is known.
struct PendingResult: Sendable {
    var ticket: Ticket
    /// The result line up to the code: `+CMQTTPUB: 0,`.
    var prefix: String
    var success: Profile.SuccessOrder
    var failure: Profile.FailureOrder
    /// A fault: the result is this code, and what would have led to it does not take place.
    var forced: Int?

    /// The final result code is given before the outcome is known.
    var isAcceptedAtOnce: Bool { success == .okThenResult && failure == .okThenResult }
}
