internal import Glibc
internal import ModemScripting

/// A file for each transfer that is under way, `unfinished/<imei>-<name>` in the state folder. Programs that work at the
/// same time share the folder, so none of them removes it.
struct UnfinishedTransfers: TransferJournal {
    let folder: String

    init(folder: String = StateFolder.path + "/unfinished") {
        self.folder = folder
    }

    func isUnfinished(_ file: String, to imei: String) -> Bool {
        access(path(of: file, imei), F_OK) == 0
    }

    func begin(_ file: String, to imei: String) throws {
        try StateFolder.make(folder)
        try OutputFile.write("", to: path(of: file, imei))
    }

    func end(_ file: String, to imei: String) throws {
        try OutputFile.remove(path(of: file, imei))
    }

    private func path(of file: String, _ imei: String) -> String { "\(folder)/\(imei)-\(file)" }
}
