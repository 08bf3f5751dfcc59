internal import A7600
internal import ATProtocol
internal import ModemSession
internal import Synchronization

/// Which module answers at the port, for the records of a run.
///
/// The question is the session's first command, but nobody waits for the answer: the script starts meanwhile.
final class ModemIdentity: Sendable {
    private let answer = Mutex<String?>(nil)

    /// 15 digits; nil while the module has not said.
    var imei: String? { answer.withLock { $0 } }

    init(of session: ModemSession, profile: Profile) {
        guard let command = try? Catalogue.command(line: "AT+CGSN", data: nil, profile: profile) else { return }
        session.submit(command) { [self] result in
            guard case .success(let reply) = result, let line = reply.lines.first else { return }
            answer.withLock { $0 = line.text }
        }
    }
}
