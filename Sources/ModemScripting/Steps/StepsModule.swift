import LuaRuntime

/// `step`, `measure`, `check`, `fail`, `skip`: what a run is judged by.
enum StepsModule {
    static func module(_ recorder: RunRecorder) -> LuaModule {
        LuaModule(
            "steps",
            "Steps and measurements: what a run is judged by.",
            placement: .globals,
            functions: [measure(recorder), skip(recorder), fail],
            prelude: LuaPrelude(
                source: prelude,
                hostFunctions: [add(recorder), start(recorder), finish(recorder)],
                documentation: ["step": stepDocumentation, "check": checkDocumentation]
            )
        )
    }

    /// `check` is Lua, so that it hands its arguments on without a copy.
    private static let prelude = """
        local host, vm = ...
        local api = {}

        function api.step(name, fn, options)
            local id, attempts, timeout = host.add(name, fn ~= nil and type(fn) or "nil", options)
            for attempt = 1, attempts do
                host.start(id, attempt, attempts)
                local results
                if timeout then
                    results = table.pack(vm.try(vm.scope, fn, { timeout = timeout, name = name }))
                else
                    results = table.pack(vm.try(fn))
                end
                local failure = not results[1] and results[2] or nil
                local missed, final = host.finish(id, results[1], failure)
                if results[1] and not missed then
                    return table.unpack(results, 2, results.n)
                end
                if attempt == attempts or final then
                    if failure ~= nil then vm.raise(failure) end
                    error(vm.failure{ kind = "check", message = missed }, 0)
                end
            end
        end

        function api.check(condition, message, ...)
            if condition then return condition, message, ... end
            if message == nil then message = "check failed" end
            error(vm.failure{ kind = "check", message = tostring(message), where = vm.where(2) }, 0)
        end

        return api
        """

    private static let stepDocumentation = LuaDocumentation(
        "Runs a function as a named step of the run, again when it fails and retries are left.",
        parameters: [
            .init("name", "string", "What reports call it."),
            .init("fn", "fun(s: TaskScope?): ...", "The step. With a timeout it gets the scope it runs in."),
            .options([
                .timeout("Of one attempt.", default: "none"),
                .init("retries", "integer", default: "0", "Further attempts after a failed one, 0 to 100."),
            ]),
        ],
        results: [.init("...", "What the function returned.")],
        errors: [
            .check, .timeout, .argument,
        ],
        example: #"step("attach", function() modem:wait_registered() end, { timeout = 90, retries = 1 })"#
    )

    private static let checkDocumentation = LuaDocumentation(
        "Fails the step, and the run, when the condition is false or nil.",
        parameters: [
            .init("condition", "any", "What has to be true."),
            .init("message", "string", default: #""check failed""#, "What is wrong otherwise."),
        ],
        results: [.init("...", "All its arguments, as `assert` does.")],
        errors: [.check],
        example: #"check(modem:info().imei, "the module has no IMEI")"#
    )
}
