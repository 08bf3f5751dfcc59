internal import ATProtocol

/// A small core of its own that asks a reopened port who answers there.
///
/// The session's core still takes the port for closed meanwhile: its deadlines run on, and nothing of it is written to
/// what may be another module.
struct IdentityProbe: ~Copyable, Sendable {
    private let question: ExchangeID
    private var engine: ATEngine
    private var actions: [Action] = []
    private(set) var deadline: Moment?

    /// - Parameter question: names the one command in the trace.
    init(_ configuration: Configuration, question: ExchangeID) {
        self.question = question
        var configuration = configuration
        configuration.preamble = []
        configuration.ladder = []
        engine = ATEngine(configuration: configuration)
    }

    struct Step {
        var writes: [(WriteID, [UInt8])] = []
        var answer: Result<Reply, ATFailure>?
        /// Without those of the link, which is still the session's core's to tell of.
        var records: [Record] = []
    }

    /// - Returns: what is to be written, and the answer once it is there.
    mutating func apply(_ input: ATProtocol.Input, at now: Moment) -> Step {
        engine.apply(input, at: now, into: &actions)
        defer { actions.removeAll(keepingCapacity: true) }
        var step = Step()
        for action in actions {
            switch action {
            case .write(let id, let bytes): step.writes.append((id, bytes))
            case .setDeadline(let moment): deadline = moment
            case .complete(let id, let result): if id == question { step.answer = result }
            case .trace(let record): if record.kind != .port && record.kind != .state { step.records.append(record) }
            case .acknowledge, .deliver, .link: break
            }
        }
        return step
    }
}
