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
                documentation: ["step": stepDocumentation, "check": checkDocumentation],
                waiting: ["step"]
            )
        )
    }

    /// `check` is Lua, so that it hands its arguments on without a copy.
    private static let prelude = """
        local host, vm = ...
        local type, error, tostring = type, error, tostring
        local pack, unpack = table.pack, table.unpack
        local api = {}

        -- An error as the host can take it: error objects and strings as they are.
        local function shown(err)
            if vm.is_failure(err) or type(err) == "string" then return err end
            return "(error object is a " .. type(err) .. ")"
        end

        function api.step(name, fn, options)
            local id, attempts, timeout = host.step(name, type(fn), options)
            for attempt = 1, attempts do
                host.start(id, attempt, attempts)
                local results
                if timeout then
                    results = pack(vm.try(vm.scope, fn, { timeout = timeout, name = "step '" .. name .. "'" }))
                else
                    results = pack(vm.try(fn))
                end
                local ok, err, traceback = results[1], results[2], results[3]
                local missed, final = host.finish(id, ok, not ok and shown(err) or nil)
                if ok and not missed then
                    return unpack(results, 2, results.n)
                end
                if attempt == attempts or final then
                    if not ok then vm.raise(err, traceback) end
                    error(vm.failure{ kind = "check", message = missed, where = vm.where(2) }, 0)
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
                .init("retries", "integer", default: "0", in: 0...100, "Further attempts after a failed one."),
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
