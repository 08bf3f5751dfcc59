/// The words for what the engine itself binds: tasks, time, `defer`, `require`.
enum EngineReference {
    static let modules: [LuaReference.Module] = [task, time, globals]

    private static let argument = LuaDocumentation.Raised(.argument, "an argument has the wrong type or value")
    private static let cancelled = LuaDocumentation.Raised(.cancelled, "the task was cancelled; `reason` says why")

    private static func options(_ timeout: String) -> LuaDocumentation.Parameter {
        LuaDocumentation.Parameter(
            "options",
            "table",
            optional: true,
            "Options.",
            options: [
                .init("timeout", "number|string", unit: "s", optional: true, timeout),
                .init("name", "string", optional: true, "What messages call it."),
            ]
        )
    }

    private static let task = LuaReference.Module(
        "task",
        "Tasks that run side by side within a scope; leaving the scope cancels and awaits them.",
        functions: [
            LuaReference.Function("scope", scope, waits: true),
            LuaReference.Function(
                "current",
                LuaDocumentation(
                    "The name of the task that runs.",
                    results: [.init("string", "`main`, the name given to `spawn`, or one made up.")],
                    errors: [],
                    example: #"assert(task.current() == "main")"#
                )
            ),
        ],
        classes: [taskScope, taskHandle]
    )

    private static let scope = LuaDocumentation(
        "Runs a function that may spawn tasks. When it returns or fails, its tasks are cancelled and awaited.",
        parameters: [
            .init("fn", "fun(s: TaskScope): ...", "Gets the scope."),
            options("Total, for the function and its tasks; kind `timeout` when it is over."),
        ],
        results: [.init("...", "What the function returned.")],
        errors: [argument, .init(.timeout, "the scope's time is up"), cancelled],
        example: """
            task.scope(function(s)
                local t = s:spawn(function() time.sleep(0.01) return "done" end, { name = "worker" })
                print(t:join())
            end)
            """
    )

    private static let taskScope = LuaReference.Class(
        "TaskScope",
        receiver: "s",
        "A scope of tasks, alive while the function of `task.scope` runs.",
        functions: [
            LuaReference.Function(
                "spawn",
                LuaDocumentation(
                    "Starts a task. It runs when this one waits; a task that fails cancels the scope.",
                    parameters: [
                        .init("fn", "fun(): ...", "The task."), options("Total, for the task."),
                    ],
                    results: [.init("Task", "Its handle.")],
                    errors: [argument, .init(.error, "256 tasks are alive already")],
                    example: """
                        task.scope(function(s)
                            s:spawn(function() modem:at("AT+CSQ") end, { name = "rssi", timeout = 10 }):join()
                        end)
                        """
                ),
                isMethod: true
            ),
            LuaReference.Function(
                "race",
                LuaDocumentation(
                    "Waits for the first of several; the others are disarmed before it returns.",
                    parameters: [
                        .init("items", "table", "Tasks, waiters of `expect` and `next_message`, `time.after`.")
                    ],
                    results: [.init("RaceResult", "Which was first, and what it gave.")],
                    errors: [argument, .init(.error, "what the first one failed with")],
                    example: """
                        task.scope(function(s)
                            local first = s:race{ modem:expect("+CREG"), time.after("10ms") }
                            print(first.index)
                        end)
                        """
                ),
                waits: true,
                isMethod: true
            ),
        ]
    )

    private static let taskHandle = LuaReference.Class(
        "Task",
        receiver: "t",
        "A task that a scope has spawned.",
        functions: [
            LuaReference.Function(
                "join",
                LuaDocumentation(
                    "Waits for the end of the task.",
                    results: [.init("...", "What its function returned.")],
                    errors: [.init(.error, "the error of the task, whatever its kind"), cancelled],
                    example: """
                        task.scope(function(s)
                            local t = s:spawn(function() return 42 end)
                            assert(t:join() == 42)
                        end)
                        """
                ),
                waits: true,
                isMethod: true
            ),
            LuaReference.Function(
                "try_join",
                LuaDocumentation(
                    "Waits for the end of the task; its error is returned and no longer fails the scope.",
                    results: [.init("...", "What its function returned; or nil and the error.")],
                    errors: [cancelled],
                    example: """
                        task.scope(function(s)
                            local t = s:spawn(function() error("no") end)
                            local ok, err = t:try_join()
                            assert(ok == nil)
                        end)
                        """
                ),
                waits: true,
                isMethod: true
            ),
            LuaReference.Function(
                "cancel",
                LuaDocumentation(
                    "Cancels the task: its wait raises kind `cancelled`; `<close>` runs. Does not wait for it.",
                    errors: [],
                    example: """
                        task.scope(function(s)
                            local t = s:spawn(function() time.sleep("1h") end)
                            t:cancel()
                        end)
                        """
                ),
                isMethod: true
            ),
        ],
        properties: [
            LuaReference.Field("name", "string", "As given to `spawn`, or made up."),
            LuaReference.Field("state", "string", "`ready`, `running`, `waiting` or `ended`."),
        ]
    )

    private static let time = LuaReference.Module(
        "time",
        "Clocks and waits. Spans are in seconds, or text such as \"1500ms\", \"2s\", \"1m\", \"2h\".",
        functions: [
            LuaReference.Function(
                "sleep",
                LuaDocumentation(
                    "Waits.",
                    parameters: [.init("span", "number|string", unit: "s", "How long, up to a day as a number.")],
                    errors: [argument, cancelled],
                    example: #"time.sleep("10ms")"#
                ),
                waits: true
            ),
            LuaReference.Function(
                "after",
                LuaDocumentation(
                    "A timer for `s:race`; it starts when the race does.",
                    parameters: [.init("span", "number|string", unit: "s", "How long.")],
                    results: [.init("Timer", "Waits when it is asked to.")],
                    errors: [argument],
                    example: #"assert(time.after("10ms"):wait())"#
                )
            ),
            clock("now", "The time of day.", "Seconds since 1970, UTC, with a fraction.", "assert(time.now() > 0)"),
            clock(
                "monotonic",
                "A clock that only goes forward, for differences.",
                "Seconds since some moment.",
                "local began = time.monotonic() print(time.monotonic() - began)"
            ),
            LuaReference.Function(
                "iso",
                LuaDocumentation(
                    "Writes a time as people and logs do.",
                    parameters: [
                        .init("time", "number", unit: "s", default: "time.now()", "Seconds since 1970, UTC.")
                    ],
                    results: [.init("string", "`2026-11-25T10:40:00.250Z`.")],
                    errors: [argument],
                    example: #"assert(time.iso(0) == "1970-01-01T00:00:00.000Z")"#
                )
            ),
        ],
        classes: [
            LuaReference.Class(
                "Timer",
                receiver: "timer",
                "A span that `s:race` or `wait` lets pass.",
                functions: [
                    LuaReference.Function(
                        "wait",
                        LuaDocumentation(
                            "Lets the span pass, from now on.",
                            results: [.init("boolean", "true.")],
                            errors: [cancelled],
                            example: #"time.after("10ms"):wait()"#
                        ),
                        waits: true,
                        isMethod: true
                    )
                ]
            )
        ],
        records: [
            LuaDocumentation.Record(
                "RaceResult",
                "The end of a race.",
                fields: [
                    .init("index", "integer", "Which one was first, from 1."),
                    .init("value", "any", optional: true, "What it gave: a line hit, a message, true for a timer."),
                ]
            )
        ]
    )

    private static func clock(_ name: String, _ summary: String, _ result: String, _ example: String)
        -> LuaReference.Function
    {
        LuaReference.Function(
            name,
            LuaDocumentation(summary, results: [.init("number", result)], errors: [], example: example)
        )
    }

    private static let globals = LuaReference.Module(
        "runtime",
        "What the runtime adds to Lua's own globals.",
        placement: .globals,
        functions: [
            LuaReference.Function(
                "defer",
                LuaDocumentation(
                    "Runs a function at the end of the run, whatever its outcome; the last one first, 5 s each.",
                    parameters: [.init("fn", "fun()", "May wait.")],
                    errors: [argument],
                    example: #"defer(function() modem:try("AT+CMQTTSTOP") end)"#
                )
            ),
            LuaReference.Function(
                "require",
                LuaDocumentation(
                    "Loads a module once: a built-in one, `name.lua` or `name/init.lua` in the script's folder.",
                    parameters: [.init("name", "string", "Parts of letters, digits, _ and -, joined by dots.")],
                    results: [.init("any", "What the module returned.")],
                    errors: [argument, .init(.error, "there is no such module, it does not parse, or it failed")],
                    example: #"local codec = require "json""#
                ),
                waits: true
            ),
        ],
        constants: [
            LuaReference.Field("arg", "string[]", "What follows `--` on the command line; index 0 is the script.")
        ]
    )
}
