internal import ATProtocol
internal import ModemSession

/// Which module answers at the port, for the records of a run.
///
/// The session asks with its first command, but nobody waits for the answer: the script starts meanwhile.
struct ModemIdentity: Sendable {
    let session: ModemSession

    /// 15 digits; nil while the module has not said.
    var imei: String? { session.identity?.first?.text }
}
