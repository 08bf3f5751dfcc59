internal import Glibc
internal import ModemScripting

/// A file for each transfer that is under way, `unfinished/<imei>/<name>` in the state folder.
struct UnfinishedTransfers: TransferJournal {
    let folder: String

    init(folder: String = StateFolder.path + "/unfinished") {
        self.folder = folder
    }

    func isUnfinished(_ file: String, to imei: String) -> Bool {
        access(path(of: file, imei), F_OK) == 0
    }

    func begin(_ file: String, to imei: String) throws {
        try StateFolder.make("\(folder)/\(imei)")
        try OutputFile.write("", to: path(of: file, imei))
    }

    func end(_ file: String, to imei: String) throws {
        try OutputFile.remove(path(of: file, imei))
        // As long as others are under way the folder stays.
        rmdir("\(folder)/\(imei)")
    }

    private func path(of file: String, _ imei: String) -> String { "\(folder)/\(imei)/\(file)" }
}
