/// What of Lua's own library scripts have, and what stands in for the rest.
public enum StockLibrary {
    /// Fields of the global tables, and under the empty name the global functions and values.
    public static let names: [String: [String]] = [
        "": words(
            """
            _G _VERSION assert collectgarbage error getmetatable ipairs load next pairs pcall print rawequal rawget \
            rawlen rawset require select setmetatable tonumber tostring type warn xpcall
            """
        ),
        "coroutine": words("close create isyieldable resume running status wrap yield"),
        "debug": words("traceback"),
        "io": words("close lines open type write"),
        "math": words(
            """
            abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min mininteger modf pi rad random \
            randomseed sin sqrt tan tointeger type ult
            """
        ),
        "os": words("clock date difftime getenv time"),
        "package": words("config loaded"),
        "string": words(
            "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper"
        ),
        "table": words("concat insert move pack remove sort unpack"),
        "utf8": words("char charpattern codepoint codes len offset"),
    ]

    /// What stock Lua has and scripts do not, with what to use instead. Global names stand alone.
    public static let replacements: [String: String] = [
        "dofile": "use require",
        "loadfile": "use require, or load(file.read(name))",
        "getfenv": "Lua 5.4 has _ENV",
        "setfenv": "Lua 5.4 has _ENV",
        "unpack": "use table.unpack",
        "loadstring": "use load",
        "module": "return a table from the file",
        "bit32": "use the operators & | ~ << >>",
        "bit": "use the operators & | ~ << >>",
        "string.dump": "there is no bytecode",
        "string.gfind": "use string.gmatch",
        "table.getn": "use #",
        "table.maxn": "use #",
        "table.foreach": "use for and pairs",
        "table.foreachi": "use for and ipairs",
        "math.atan2": "use math.atan(y, x)",
        "math.cosh": "use (math.exp(x) + math.exp(-x)) / 2",
        "math.sinh": "use (math.exp(x) - math.exp(-x)) / 2",
        "math.tanh": "use 1 - 2 / (math.exp(2 * x) + 1)",
        "math.frexp": "use math.log(x, 2)",
        "math.ldexp": "use m * 2.0 ^ e",
        "math.log10": "use math.log(x, 10)",
        "math.pow": "use x ^ y",
        "os.execute": "a script starts no processes: do it around moonwire run",
        "os.exit": "return from the main chunk, or use skip or fail",
        "os.remove": "a script removes no files: do it around moonwire run",
        "os.rename": "a script renames no files: do it around moonwire run",
        "os.setlocale": "the locale is always C",
        "os.tmpname": "write below a folder of --allow-write",
        "io.flush": "what was written is with the system already",
        "io.input": "use io.open or file.read",
        "io.output": "use io.open, print or file.write",
        "io.popen": "a script starts no processes: do it around moonwire run",
        "io.read": "use params (--set key=value), or file.read",
        "io.stderr": "use log.info",
        "io.stdin": "use params (--set key=value), or file.read",
        "io.stdout": "use print or io.write",
        "io.tmpfile": "write below a folder of --allow-write",
        "package.cpath": "there are no C modules",
        "package.loadlib": "there are no C modules",
        "package.path": "use --module-path DIR",
        "package.preload": "put the module into a file, and require it",
        "package.searchers": "use --module-path DIR",
        "package.searchpath": "use --module-path DIR",
        "debug.getinfo": "errors carry where and traceback",
        "debug.sethook": "use --timeout and --burst",
        "debug.debug": "use moonwire console",
    ]

    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }
}
