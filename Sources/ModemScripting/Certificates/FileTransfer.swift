import LuaRuntime

/// One file on its way to one module, in the journal that outlives the program; without a journal nothing is kept.
struct FileTransfer {
    let file: String
    let imei: String
    let journal: (any TransferJournal)?

    /// Whether an earlier transfer of the file has not come to its end.
    var wasCut: Bool { journal?.isUnfinished(file, to: imei) ?? false }

    func begin() throws(LuaFailure) {
        do { try journal?.begin(file, to: imei) } catch { throw Self.failure(error) }
    }

    func end() throws(LuaFailure) {
        do { try journal?.end(file, to: imei) } catch { throw Self.failure(error) }
    }

    private static func failure(_ error: any Error) -> LuaFailure {
        LuaFailure(.check, "the transfer cannot be noted: \(error)", hint: "set XDG_STATE_HOME to a writable folder")
    }
}
