internal import ATProtocol

/// A small core of its own that asks a reopened port who answers there.
///
/// The session's core still takes the port for closed meanwhile: its deadlines run on, and nothing of it is written to
/// what may be another module.
struct IdentityProbe: ~Copyable, Sendable {
    static let question = ExchangeID(0)

    private var engine: ATEngine
    private var actions: [Action] = []
    private(set) var deadline: Moment?

    init(_ configuration: Configuration) {
        var configuration = configuration
        configuration.preamble = []
        configuration.ladder = []
        configuration.tracing = .off
        engine = ATEngine(configuration: configuration)
    }

    /// - Returns: what is to be written, and the answer once it is there.
    mutating func apply(
        _ input: ATProtocol.Input,
        at now: Moment
    ) -> (writes: [(WriteID, [UInt8])], answer: Result<Reply, ATFailure>?) {
        engine.apply(input, at: now, into: &actions)
        defer { actions.removeAll(keepingCapacity: true) }
        var writes: [(WriteID, [UInt8])] = []
        var answer: Result<Reply, ATFailure>?
        for action in actions {
            switch action {
            case .write(let id, let bytes): writes.append((id, bytes))
            case .setDeadline(let moment): deadline = moment
            case .complete(Self.question, let result): answer = result
            case .complete, .acknowledge, .deliver, .link, .trace: break
            }
        }
        return (writes, answer)
    }
}
