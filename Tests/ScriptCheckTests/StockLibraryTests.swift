import LuaRuntime
import ScriptCheck
import Synchronization
import Testing

/// What the check knows of Lua's library is what scripts have.
@Suite struct StockLibraryTests {
    private final class Names: LuaOutput {
        private let names = Mutex<[String]>([])
        var all: Set<String> { Set(names.withLock { $0 }) }

        func write(_ bytes: [UInt8]) {
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            names.withLock { $0 += lines }
        }

        func log(_ record: LuaLogRecord) {}
    }

    @Test func `the names are those of the runtime, no more and no less`() async {
        let names = Names()
        var program = LuaProgram(
            source: Array(
                """
                for name, value in pairs(_G) do
                    print(name)
                    if type(value) == "table" and name ~= "_G" and name ~= "arg" then
                        for field in pairs(value) do print(name .. "." .. field) end
                    end
                end
                """.utf8
            ),
            name: "names.lua",
            output: names
        )
        program.modules = []
        _ = await LuaVM(program).run()
        let reference = LuaReference([])
        let bound = Set(
            reference.entries.map(\.path) + reference.modules.filter { $0.placement == .global }.map(\.name)
        )
        let libraries = StockLibrary.names.keys.filter { !$0.isEmpty }
        let stock = StockLibrary.names.flatMap { library, fields in
            fields.map { library.isEmpty ? $0 : "\(library).\($0)" }
        }
        let known = Set(stock + libraries).union(bound).filter { !$0.contains(":") }
        for name in names.all { #expect(known.contains(name), "\(name) is there, and the check does not know it") }
        for name in stock + libraries { #expect(names.all.contains(name), "\(name) is not there") }
    }

    @Test func `nothing that is there is said to be removed`() {
        for name in StockLibrary.replacements.keys {
            let parts = name.split(separator: ".").map(String.init)
            let names = StockLibrary.names[parts.count == 2 ? parts[0] : ""] ?? []
            #expect(!names.contains(parts.last ?? ""), "\(name)")
        }
    }
}
