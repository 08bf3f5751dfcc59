import Glibc
import LuaRuntime
import ModemScripting
import Testing

/// A mistake in a call of any function is an error of the right kind, one line long, with the place of the call.
///
/// The mistakes are made from the binding table. A function that is not in ``MistakeRow/all`` fails the first test, so a
/// new binding comes with its row.
@Suite struct MistakeTests {
    private static let functions = DocumentationTests.functions

    /// Functions that take nothing that could be wrong.
    private static let harmless: Set<String> = [
        "task task.current", "Task t:join", "Task t:try_join", "Task t:cancel", "time time.now", "time time.monotonic",
        "Timer timer:wait", "io io.type", "file f:flush", "file f:close", "Modem modem:profile_name",
        "Modem modem:close", "Subscription sub:close", "LineWaiter waiter:close", "LineIterator lines:close",
        "MessageIterator messages:close", "MessageWaiter waiter:close", "Simulator modem.sim:clear",
        "log log.trace", "log log.debug", "log log.info", "log log.warning", "log log.error", "log log.warn",
        "sio sio.clear", "sys sys.run", "mobile mobile.imei", "mobile mobile.imsi", "mobile mobile.iccid",
        "mobile mobile.rssi", "mobile mobile.csq",
    ]

    @Test func everyFunctionHasARow() {
        for (path, function) in Self.functions where !Self.harmless.contains(path) {
            guard let row = MistakeRow.all[path] else {
                Issue.record("\(path): no row in MistakeRow")
                continue
            }
            let parameters = function.documentation.parameters.filter { $0.name != "..." }
            #expect(row.arguments.count >= parameters.count, "\(path): right arguments for all parameters")
        }
        for path in MistakeRow.all.keys { #expect(Self.functions[path] != nil, "\(path) is no function any more") }
    }

    @Test func everyMethodOfSomethingThatClosesIsTriedOnAClosedOne() {
        for luaClass in ScriptAPI.reference.classes where luaClass.isClosable {
            for function in luaClass.functions + [luaClass.iteration].compactMap({ $0 }) {
                let path = Self.functions.first {
                    $0.key.hasPrefix(luaClass.name + " ") && $0.value.name == function.name
                }
                guard let path = path?.key, !Self.harmless.contains(path) else { continue }
                // What opens a modem needs none.
                if path == "Modem modem.open" { continue }
                #expect(MistakeRow.all[path]?.closing != nil, "\(path)")
            }
        }
    }

    @Test func theTableMakesHundredsOfMistakes() {
        let count = MistakeRow.all.reduce(0) { sum, row in
            sum + (Self.functions[row.key].map { Mistake.all(of: $0, row.value).count } ?? 0)
        }
        #expect(count > 600)
    }

    @Test(arguments: MistakeRow.all.keys.sorted())
    func eachMistakeIsOneLineWithItsPlace(path: String) async throws {
        let function = try #require(Self.functions[path])
        let row = try #require(MistakeRow.all[path])
        let mistakes = Mistake.all(of: function, row)
        let script = Script(row, mistakes)
        setenv("MQTT_PASS", "correct horse", 1)
        let output = try await ExampleFolder.with { folder in
            var bench = ScriptBench()
            bench.folder = folder.path
            bench.opener = BenchOpener()
            bench.grants = LuaGrants(read: [], write: [folder.path + "/out"], environment: ["MQTT_PASS"])
            let result = try await bench.run(script.source)
            #expect(result.outcome.isFinished, "\(path): \(result.report.failure?.description ?? "")")
            return result.output
        }
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.count == script.mistakes.count + 1, "\(path): one line each\n\(output)")
        for (line, mistake) in zip(lines, script.mistakes) {
            let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            let words = "\(path), \(mistake.mistake.words): \(mistake.mistake.code) → \(line)"
            guard fields.count == 3 else {
                Issue.record("\(words)")
                continue
            }
            #expect(mistake.mistake.kinds.contains(fields[0]), "\(words)")
            // What `try` returns was not raised, and has no place.
            if fields[0] != "returned closed" {
                #expect(fields[1] == "test.lua:\(mistake.line)", "\(words)")
                #expect(fields[2].hasPrefix("test.lua:\(mistake.line): "), "\(words)")
            }
            #expect(fields[2].count < 400, "\(words)")
        }
    }
}

/// A script that makes mistakes and prints what becomes of each: kind, place, and the line.
private struct Script {
    var source: String
    var mistakes: [(mistake: Mistake, line: Int)] = []

    init(_ row: MistakeRow, _ made: [Mistake]) {
        var lines = [
            "local function merged(a, b) for k, v in pairs(b) do a[k] = v end return a end",
            "local function without(a, name) a[name] = nil return a end",
            "local function mistake(fn) local ok, err, more = pcall(fn)",
            "if ok and more then print('returned ' .. more.kind, more.where, tostring(more))",
            "elseif ok then print('no error', 'nowhere', 'nothing')",
            "else print(type(err) == 'table' and err.kind or type(err), type(err) == 'table' and err.where, tostring(err)) end end",
            row.before,
        ]
        for mistake in made {
            lines.append("mistake(function() local result, err = \(mistake.code) return result, err end)")
            mistakes.append((mistake, lines.count))
        }
        if let closing = row.closing {
            lines.append(closing)
            let mistake = Mistake.closed(row)
            lines.append("mistake(function() local result, err = \(mistake.code) return result, err end)")
            mistakes.append((mistake, lines.count))
        }
        source = lines.joined(separator: "\n") + row.after
    }
}

extension LuaOutcome {
    fileprivate var isFinished: Bool {
        if case .finished = ending { true } else { false }
    }
}
