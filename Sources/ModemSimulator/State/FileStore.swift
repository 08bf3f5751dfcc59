/// The certificate store and the root of the module's file system.
struct FileStore: Sendable {
    /// In the order of first download.
    private(set) var certificates: [ModuleConfiguration.StoredFile]
    private(set) var root: [ModuleConfiguration.StoredFile]

    init(certificates: [ModuleConfiguration.StoredFile], root: [ModuleConfiguration.StoredFile]) {
        self.certificates = certificates
        self.root = root
    }

    func content(of name: [UInt8]) -> [UInt8]? {
        certificates.first { $0.name == name }?.content
    }

    /// A file that exists keeps its place in the list.
    mutating func store(_ name: [UInt8], _ content: [UInt8]) {
        let file = ModuleConfiguration.StoredFile(name: name, content: content)
        if let index = certificates.firstIndex(where: { $0.name == name }) {
            certificates[index] = file
        } else {
            certificates.append(file)
        }
    }

    /// - Returns: whether there was such a file.
    mutating func remove(_ name: [UInt8]) -> Bool {
        guard let index = certificates.firstIndex(where: { $0.name == name }) else { return false }
        certificates.remove(at: index)
        return true
    }

    /// Takes a file out of the root of the file system.
    mutating func takeFromRoot(_ name: [UInt8]) -> [UInt8]? {
        guard let index = root.firstIndex(where: { $0.name == name }) else { return nil }
        return root.remove(at: index).content
    }
}
