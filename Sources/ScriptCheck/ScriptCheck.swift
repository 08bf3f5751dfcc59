public import LuaRuntime
import LuaSyntax

/// Finds mistakes in scripts before they run: text that is no Lua, undeclared globals, names and options that the script
/// interface does not have, constant arguments it would refuse, modules that are not there.
///
/// It says nothing about what it does not know: a value that comes from the script's own functions may be anything.
public struct ScriptCheck {
    /// Reads a file; nil: it is not there, or cannot be read.
    public typealias Reader = (String) -> [UInt8]?
    /// Says why a constant command line would be refused before it is sent; nil: it would not.
    public typealias CommandLineCheck = (_ line: [UInt8], _ data: [UInt8]?) -> String?

    private let knowledge: Knowledge
    private let version: Int
    private let modulePaths: [String]
    private let read: Reader
    private let refusal: CommandLineCheck

    /// - Parameters:
    ///   - version: of the script interface.
    ///   - modulePaths: further folders for `require`, after the script's own.
    public init(
        _ reference: LuaReference,
        version: Int,
        modulePaths: [String] = [],
        refusal: @escaping CommandLineCheck = { _, _ in nil },
        read: @escaping Reader
    ) {
        knowledge = Knowledge(reference)
        self.version = version
        self.modulePaths = modulePaths
        self.read = read
        self.refusal = refusal
    }

    /// Problems of the script, and then of the modules it requires, each by line.
    public func problems(of source: [UInt8], path: String) -> [Problem] {
        // Twice: what one file changes of the globals concerns all of them, whichever comes first.
        let (files, facts) = collect(source, path: path)
        return files.flatMap { file in
            guard let chunk = file.chunk else { return file.problems([]) }
            var walker = Walker(chunk, knowledge, version: version, refusal: refusal, facts: facts)
            walker.walk()
            return file.problems(walker.findings)
        }
    }

    private typealias Source = (path: String, source: [UInt8])

    private func collect(_ source: [UInt8], path: String) -> (files: [CheckedFile], facts: ScriptFacts) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        var pending: [Source] = [(path, source)]
        var seen: Set<String> = [path]
        var files: [CheckedFile] = []
        var facts = ScriptFacts()
        while let next = pending.popLast() {
            var file = CheckedFile(next.source, path: next.path)
            if let chunk = file.chunk {
                var walker = Walker(chunk, knowledge, version: version, refusal: { _, _ in nil })
                walker.walk()
                facts.formUnion(walker.facts)
                for requirement in walker.requirements {
                    switch find(requirement.name, folder: folder) {
                    case .builtIn: break
                    case .file(let module):
                        if seen.insert(module.path).inserted { pending.insert(module, at: 0) }
                    case .nowhere(let tried): file.missing.append(Self.missing(requirement, tried))
                    }
                }
            }
            files.append(file)
        }
        return (files, facts)
    }

    private static func missing(_ requirement: (name: String, line: Int), _ tried: String) -> Finding {
        Finding(
            line: requirement.line,
            kind: .require,
            text: "module '\(requirement.name)' not found",
            advice: "tried \(tried); --module-path DIR adds a folder"
        )
    }

    private enum Place {
        case builtIn
        case file(Source)
        case nowhere(tried: String)
    }

    private func find(_ name: String, folder: String) -> Place {
        if knowledge.requirable.contains(name) { return .builtIn }
        let parts = name.split(separator: ".").joined(separator: "/")
        let candidates = [parts + ".lua", parts + "/init.lua"]
        for root in [folder] + modulePaths {
            for candidate in candidates {
                let path = root.isEmpty ? candidate : root.hasSuffix("/") ? root + candidate : root + "/" + candidate
                if let source = read(path) { return .file((path, source)) }
            }
        }
        return .nowhere(tried: candidates.joined(separator: " and "))
    }
}
