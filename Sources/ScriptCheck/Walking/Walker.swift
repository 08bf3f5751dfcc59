import LuaRuntime
import LuaSyntax

/// Goes through a program in the order of its text, with what is known of each value.
struct Walker {
    let chunk: Chunk
    let knowledge: Knowledge
    /// Of the script interface.
    let version: Int
    let refusal: ScriptCheck.CommandLineCheck
    var findings: [Finding] = []
    /// The same ones: some expressions are looked at twice.
    private var reported: Set<Finding> = []
    /// Names given to `require`.
    var requirements: [(name: String, line: Int)] = []
    var locals: [Int: ValueType] = [:]
    /// Globals that are there since a module was required.
    var provided: Set<String> = []
    /// Of all files, as far as they are known when it starts; grows while it goes on.
    var facts: ScriptFacts
    private var undeclared: [String: Int] = [:]
    /// What an undeclared name may be a misspelling of.
    private let namesInSight: [String]

    init(
        _ chunk: Chunk,
        _ knowledge: Knowledge,
        version: Int,
        refusal: @escaping ScriptCheck.CommandLineCheck,
        facts: ScriptFacts = ScriptFacts()
    ) {
        self.chunk = chunk
        self.knowledge = knowledge
        self.version = version
        self.refusal = refusal
        self.facts = facts
        let globals = knowledge.names(in: "").filter { !knowledge.isProvided($0) }
        namesInSight = Set(globals + chunk.locals.map(\.name)).sorted()
    }

    mutating func walk() {
        walk(chunk.block)
    }

    mutating func report(_ line: Int, _ kind: Problem.Kind, _ text: String, _ advice: String) {
        let finding = Finding(line: line, kind: kind, text: text, advice: advice)
        if reported.insert(finding).inserted { findings.append(finding) }
    }

    // MARK: Globals

    enum Access { case read, write, definition }

    mutating func global(_ name: String, line: Int, _ access: Access) -> ValueType {
        if chunk.replacesEnvironment || facts.declared.contains(name) { return .unknown }
        if let type = knowledge.global(name), !knowledge.isProvided(name) || provided.contains(name) {
            switch access {
            case .read: return facts.redefined.contains(name) ? .unknown : type
            case .write, .definition:
                facts.redefined.insert(name)
                return .unknown
            }
        }
        complain(of: name, line: line, access)
        return .unknown
    }

    /// Each name once, however often it is used: one declaration mends them all.
    private mutating func complain(of name: String, line: Int, _ access: Access) {
        guard undeclared.updateValue(line, forKey: name) == nil else { return }
        if let advice = StockLibrary.replacements[name] {
            report(line, .global, "'\(name)' is not available", advice)
            return
        }
        let advice: String
        if let provider = knowledge.provider(of: name) {
            advice = "require \"\(provider)\" first"
        } else {
            switch access {
            case .definition: advice = "write \"local function \(name)\""
            case .write: advice = "write \"local \(name)\""
            case .read:
                advice =
                    Suggestion.nearest(to: name, among: namesInSight.filter { $0 != name })
                    .map { "did you mean '\($0)'?" } ?? "write \"local \(name)\" before it is used"
            }
        }
        report(line, .global, "undeclared global '\(name)'", advice)
    }

    // MARK: Members

    /// A field or method of a known thing; complains when there is none of that name.
    mutating func member(_ name: String, of holder: ValueType, line: Int) -> ValueType {
        switch holder {
        case .module(let module):
            if let member = knowledge.member(name, of: module) { return member }
            let path = "\(module).\(name)"
            if facts.added.contains(path) { return .unknown }
            if let advice = StockLibrary.replacements[path] {
                report(line, .name, "\(path) is not available", advice)
            } else {
                missing(name, in: module, among: knowledge.names(in: module), doc: module, line: line)
            }
        case .instance(let className):
            if let member = knowledge.member(name, ofClass: className) { return member }
            let receiver = knowledge.classes[className]?.receiver ?? className
            missing(
                name,
                in: receiver.count > 2 ? receiver : Self.one(className),
                among: knowledge.names(ofClass: className),
                doc: className,
                line: line
            )
        case .record(let record):
            if let field = knowledge.field(name, ofRecord: record) { return field }
            missing(name, in: Self.one(record), among: knowledge.names(ofRecord: record), doc: record, line: line)
        case .globals:
            return global(name, line: line, .read)
        case .unknown, .constant, .boolean, .number, .string, .function, .table, .list, .iterator, .callable:
            break
        }
        return .unknown
    }

    /// With the article of its first sound.
    private static func one(_ name: String) -> String {
        let isVowel = name.hasPrefix("MQTT") || name.first.map { "AEIO".contains($0) } ?? false
        return (isVowel ? "an " : "a ") + name
    }

    private mutating func missing(_ name: String, in holder: String, among known: [String], doc: String, line: Int) {
        let names = known.sorted()
        let near = Suggestion.nearest(to: name, among: names) ?? names.first { $0.hasPrefix(name) }
        let others =
            if names.count <= 8 {
                "there are: \(names.joined(separator: ", "))"
            } else {
                StockLibrary.names[doc] == nil ? "`moonwire doc \(doc)` lists what there is" : "see the Lua 5.4 manual"
            }
        let advice = near.map { "did you mean '\($0)'?" } ?? others
        report(line, .name, "\(holder) has no '\(name)'", advice)
    }

    /// The script gives a table of the interface a field of its own.
    mutating func add(_ name: String, to holder: ValueType, line: Int) {
        switch holder {
        case .module(let module): facts.added.insert("\(module).\(name)")
        case .globals: _ = global(name, line: line, .write)
        case .instance(let className):
            if knowledge.member(name, ofClass: className) == nil { _ = member(name, of: holder, line: line) }
        case .unknown, .constant, .boolean, .number, .string, .function, .table, .record, .list, .iterator,
            .callable:
            break
        }
    }
}
