extension LuaReference {
    /// What a name that somebody looks up means.
    public enum Finding: Sendable {
        case entry(Entry)
        /// Several entries of that name, in different places.
        case entries([Entry])
        case module(Module)
        case luaClass(Class)
        case record(LuaDocumentation.Record)
        /// Nothing; the nearest name, if one is near.
        case nothing(suggestion: String?)
    }

    /// Finds what a person may call a thing: `modem:at`, `modem.at`, `mqtt.publish`, `publish`, `MQTTClient`, `json`.
    public func find(_ name: String) -> Finding {
        if let entry = entries.first(where: { $0.path == name }) { return .entry(entry) }
        if let luaClass = classes.first(where: { $0.name == name }) { return .luaClass(luaClass) }
        if let record = records.first(where: { $0.name == name }) { return .record(record) }
        let wanted = Self.parts(name)
        let exact = entries.filter { Self.parts($0.path) == wanted }
        if let entry = exact.first { return exact.count == 1 ? .entry(entry) : .entries(exact) }
        if let module = modules.first(where: { $0.name == name }) { return .module(module) }
        if let luaClass = classes.first(where: { $0.receiver == name }) { return .luaClass(luaClass) }
        let all = entries.filter { $0.isCalled(wanted) }
        // What is always there comes before what a module for other programs' scripts brings.
        let own = all.filter { provider(of: $0) == nil }
        let loose = own.isEmpty ? all : own
        if let entry = loose.first { return loose.count == 1 ? .entry(entry) : .entries(loose) }
        return .nothing(suggestion: suggestion(for: name, wanted))
    }

    /// The module to require before the entry is there; nil: it always is.
    public func provider(of entry: Entry) -> String? {
        modules.first { module in
            module.name == entry.owner || module.classes.contains { $0.name == entry.owner }
        }?.provider
    }

    private static func parts(_ name: String) -> [Substring] {
        name.split { $0 == "." || $0 == ":" }
    }

    private func suggestion(for name: String, _ wanted: [Substring]) -> String? {
        let names = entries.map(\.path) + modules.map(\.name) + classes.map(\.name) + records.map(\.name)
        if let nearest = Suggestion.nearest(to: name, among: names) { return nearest }
        guard let last = wanted.last.map(String.init) else { return nil }
        return Suggestion.nearest(to: last, among: entries.map(\.name))
            .flatMap { near in entries.first { $0.name == near }?.path }
    }
}

extension LuaReference.Entry {
    /// Whether `mqtt.publish` or `publish` may mean `client:publish`: the last part is its name, and the one before it
    /// stands in its path or begins the name of its class.
    fileprivate func isCalled(_ wanted: [Substring]) -> Bool {
        guard let last = wanted.last, name == last else { return false }
        guard let qualifier = wanted.dropLast().last?.lowercased() else { return true }
        let holders = path.split { $0 == "." || $0 == ":" }.dropLast()
        return holders.contains { $0.lowercased() == qualifier } || owner.lowercased().hasPrefix(qualifier)
    }
}
