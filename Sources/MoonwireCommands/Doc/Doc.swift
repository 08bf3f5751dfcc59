internal import ArgumentParser
internal import LuaRuntime
internal import ModemScripting

/// `moonwire doc`: what scripts can call, from the same table that binds it.
struct Doc: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doc",
        abstract: "Show what scripts can call: signature, types, units, errors, an example.",
        discussion: """
            Without a name, everything is listed. A name is written as in a script, or the part of it that is known:

              moonwire doc
              moonwire doc client:publish
              moonwire doc mqtt.publish
              moonwire doc MQTTClient
              moonwire doc Reply
              moonwire doc --json modem.at

            Exit status 2: there is no such name; the nearest one is named.
            """
    )

    @Argument(help: "A function, module, class or record.", completion: .custom { _, _, _ in Self.names })
    var name: String?

    @OptionGroup(title: "Output") var output: OutputOptions

    private static var names: [String] {
        let reference = ScriptAPI.reference
        return reference.entries.map(\.path).filter { !$0.contains(" ") } + reference.classes.map(\.name)
    }

    func run() throws {
        let reference = ScriptAPI.reference
        guard let name else {
            show(modules: reference.modules, reference)
            return
        }
        switch reference.find(name) {
        case .entry(let entry): show(entry, reference)
        case .entries(let entries): show(list: entries, reference)
        case .module(let module): show(modules: [module], reference)
        case .luaClass(let luaClass): show(luaClass, reference)
        case .record(let record): show(record)
        case .nothing(let suggestion):
            let advice = suggestion.map { "did you mean '\($0)'?" } ?? "`moonwire doc` lists all names"
            throw CommandFailure(.usage, "scripts know no '\(name)' (\(advice))")
        }
    }

    private var text: DocText { DocText(style: Style(output.color)) }

    private func show(_ entry: LuaReference.Entry, _ reference: LuaReference) {
        StandardOutput.write(output.json ? DocJSON.line(entry, reference) : text.entry(entry, reference))
    }

    private func show(list entries: [LuaReference.Entry], _ reference: LuaReference) {
        StandardOutput.write(
            output.json ? entries.map { DocJSON.line($0, reference) }.joined() : text.list(entries)
        )
    }

    private func show(modules: [LuaReference.Module], _ reference: LuaReference) {
        if output.json {
            let entries = modules.flatMap { $0.ownEntries + $0.classes.flatMap(\.entries) }
            StandardOutput.write(entries.map { DocJSON.line($0, reference) }.joined())
        } else {
            StandardOutput.write(modules.map(text.module).joined(separator: "\n"))
        }
    }

    private func show(_ luaClass: LuaReference.Class, _ reference: LuaReference) {
        StandardOutput.write(
            output.json
                ? luaClass.entries.map { DocJSON.line($0, reference) }.joined()
                : text.luaClass(luaClass)
        )
    }

    private func show(_ record: LuaDocumentation.Record) {
        StandardOutput.write(output.json ? DocJSON.value(record).text + "\n" : text.record(record))
    }
}
