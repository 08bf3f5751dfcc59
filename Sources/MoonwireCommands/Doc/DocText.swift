internal import LuaRuntime

/// The reference for people at a terminal.
struct DocText: Sendable {
    let style: Style

    // MARK: Lists

    func module(_ module: LuaReference.Module) -> String {
        let provider = module.provider.map { " There after require \"\($0)\"." } ?? ""
        return heading(module.name, module.summary + provider) + list(module.ownEntries)
            + module.classes.map { "\n" + luaClass($0) }.joined()
    }

    func luaClass(_ luaClass: LuaReference.Class) -> String {
        heading(luaClass.name, luaClass.summary) + list(luaClass.entries)
    }

    func list(_ entries: [LuaReference.Entry]) -> String {
        entries.map { "  \(padded($0.path, 24)) \($0.summary)\n" }.joined()
    }

    private func heading(_ name: String, _ summary: String) -> String {
        "\(style.strong(name))  \(summary)\n"
    }

    // MARK: One entry

    func entry(_ entry: LuaReference.Entry, _ reference: LuaReference) -> String {
        switch entry.kind {
        case .field(let field):
            return style.strong(entry.signature) + "\n  \(field.summary)\n"
                + records(namedIn: [field.type], reference)
        case .function(let function):
            let documentation = function.documentation
            let waits = function.waits ? style.faint("   (waits)") : ""
            return style.strong(entry.signature) + waits + "\n  \(documentation.summary)\n"
                + provider(of: entry, reference)
                + section("arguments", documentation.parameters.flatMap { parameter($0, indent: 2) })
                + section("returns", documentation.results.map { "  \(padded($0.type, 14)) \($0.summary)" })
                + records(namedIn: documentation.results.map(\.type), reference)
                + section("errors", documentation.errors.map { "  \(padded($0.kind.rawValue, 14)) \($0.when)" })
                + section("example", documentation.example.split(separator: "\n").map { "  \($0)" })
        }
    }

    func record(_ record: LuaDocumentation.Record) -> String {
        heading(record.name, record.summary)
            + record.fields.flatMap { parameter($0, indent: 2) }.map { $0 + "\n" }.joined()
    }

    private func provider(of entry: LuaReference.Entry, _ reference: LuaReference) -> String {
        reference.provider(of: entry).map { "  There after require \"\($0)\".\n" } ?? ""
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : "\(title)\n" + lines.map { $0 + "\n" }.joined()
    }

    private func parameter(_ parameter: LuaDocumentation.Parameter, indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        let limits = parameter.limits.isEmpty ? "" : "  [\(parameter.limits)]"
        let line =
            "\(space)\(padded(parameter.name, 16 - indent)) \(padded(parameter.type, 14)) \(parameter.summary)\(limits)"
        return [line] + parameter.options.flatMap { self.parameter($0, indent: indent + 2) }
    }

    /// The fields of the records that results name.
    private func records(namedIn types: [String], _ reference: LuaReference) -> String {
        let words = Set(types.flatMap { $0.split { !$0.isLetter }.map(String.init) })
        return reference.records.filter { words.contains($0.name) }.map { record in
            section(record.name, record.fields.flatMap { parameter($0, indent: 2) })
        }.joined()
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
