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

    /// As much as the runtime reads of a script or module.
    private static let longest = 256 << 10

    /// Problems of the script, and then of the modules it requires, each by line.
    public func problems(of source: [UInt8], path: String) -> [Problem] {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        var pending = [(path: path, source: source)]
        var seen: Set<String> = [path]
        var problems: [Problem] = []
        while let next = pending.popLast() {
            let result = check(next.source, path: next.path, folder: folder)
            problems += result.problems
            for module in result.modules where seen.insert(module.path).inserted { pending.insert(module, at: 0) }
        }
        return problems
    }

    private typealias Source = (path: String, source: [UInt8])

    private func check(_ source: [UInt8], path: String, folder: String) -> (problems: [Problem], modules: [Source]) {
        guard source.count <= Self.longest else {
            let text = "the source has \(source.count) bytes"
            let problem = Problem(
                file: path,
                line: 1,
                kind: .source,
                text: text,
                advice: "a script or module has at most \(Self.longest): put parts into modules"
            )
            return ([problem], [])
        }
        let chunk: Chunk
        do throws(SyntaxProblem) {
            chunk = try Chunk(parsing: source)
        } catch {
            let problem = Problem(
                file: path,
                line: error.line,
                kind: .syntax,
                text: error.message,
                advice: error.advice ?? "Lua 5.4 cannot read this"
            )
            return ([problem], [])
        }
        var walker = Walker(chunk, knowledge, version: version, refusal: refusal)
        walker.walk()
        var problems = walker.findings
        var modules: [Source] = []
        for requirement in walker.requirements {
            switch find(requirement.name, folder: folder) {
            case .builtIn: break
            case .file(let source): modules.append(source)
            case .nowhere(let tried):
                problems.append(
                    Finding(
                        line: requirement.line,
                        kind: .require,
                        text: "module '\(requirement.name)' not found",
                        advice: "tried \(tried); --module-path DIR adds a folder"
                    )
                )
            }
        }
        let sorted = problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
        return (sorted.map { $0.element.problem(in: path) }, modules)
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
