/// Remembers over the end of the program which files were on their way to a module.
///
/// A transfer that is cut leaves a file in the module that has its name and not its content, and the module shows the
/// content to nobody: only the host can know that such a name proves nothing.
package protocol TransferJournal: Sendable {
    /// Whether a transfer of this file has begun and not ended.
    func isUnfinished(_ file: String, to imei: String) -> Bool

    /// Before the first byte leaves. On the disk when it returns.
    /// - Throws: an error whose description says what cannot be written.
    func begin(_ file: String, to imei: String) throws

    /// The module has acknowledged the whole file, and lists it.
    func end(_ file: String, to imei: String) throws
}
