internal import ATProtocol
internal import ModemSession
internal import Synchronization

/// Tells why nothing happens while a command works: the module does not answer, or its port is gone.
final class LinkWatch: Sendable {
    private struct State {
        var isReady: Bool
        /// Something has been said that is not true any more once the module answers.
        var hasComplained = false
        var hasEnded = false
    }

    private let state: Mutex<State>
    private let tell: @Sendable (LinkWords.Tone, String) -> Void

    /// How long the first answer may take before it is missed.
    static let patience = Duration.seconds(3)

    private init(isReady: Bool, tell: @escaping @Sendable (LinkWords.Tone, String) -> Void) {
        state = Mutex(State(isReady: isReady))
        self.tell = tell
    }

    /// - Parameter tell: called from whatever thread something happens on; must not wait.
    static func during<Result>(
        _ session: ModemSession,
        tell: @escaping @Sendable (LinkWords.Tone, String) -> Void,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        let watch = LinkWatch(isReady: session.state == .ready, tell: tell)
        let events = session.observe { watch.saw($0) }
        let port = session.observePort { watch.saw($0) }
        let waiting = Task {
            try await Task.sleep(for: patience)
            watch.waited()
        }
        defer {
            waiting.cancel()
            events.cancel()
            port.cancel()
            watch.state.withLock { $0.hasEnded = true }
        }
        return try await body()
    }

    private func waited() {
        let isMissed = state.withLock { state in
            let isMissed = !state.isReady && !state.hasComplained && !state.hasEnded
            if isMissed { state.hasComplained = true }
            return isMissed
        }
        if isMissed { tell(.neutral, LinkWords.unanswered) }
    }

    private func saw(_ event: Event) {
        switch event.body {
        case .state(.ready):
            let wasMissed = state.withLock { state in
                defer { (state.isReady, state.hasComplained) = (true, false) }
                return state.hasComplained
            }
            if wasMissed { tell(.good, LinkWords.answers) }
        case .state(let link): complain(LinkWords.of(link))
        // One that was asked for is told of by whoever asked.
        case .restarted(expected: false): complain(LinkWords.restart(expected: false))
        case .restarted, .urc, .frame, .late, .anomaly: break
        }
    }

    private func saw(_ change: PortChange) {
        switch change {
        case .lost: complain(LinkWords.of(change))
        case .opened, .stillClosed:
            if let words = LinkWords.of(change) { tell(words.tone, words.text) }
        // The end of the run says it.
        case .abandoned: break
        }
    }

    private func complain(_ words: (text: String, tone: LinkWords.Tone)?) {
        guard let words else { return }
        state.withLock { $0.hasComplained = true }
        tell(words.tone, words.text)
    }
}
