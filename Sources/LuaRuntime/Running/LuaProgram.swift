/// Everything one run needs to know before it starts.
public struct LuaProgram: Sendable {
    /// The main chunk: text, at most 256 KiB; a first line that starts with `#` is skipped. Not run when interactive.
    public var source: [UInt8]
    /// As messages show it, relative to the script's folder: `provision.lua`.
    public var name: String
    /// The script's folder: `require`, relative file names. `nil`: no file is readable without a grant.
    public var folder: String?
    /// Further folders for `require`, in order.
    public var modulePaths: [String] = []
    /// The global `arg`, from index 1; index 0 is `name`.
    public var arguments: [String] = []
    /// The generic ones (`task`, `time`, `json`, …) are always there; these come on top.
    public var modules: [LuaModule] = []
    /// Modules in Lua that the program brings along; `require` looks here before it looks for files.
    public var libraries: [LuaLibrary] = []
    public var limits = LuaLimits()
    public var grants = LuaGrants()
    /// Every secret the script makes is added here. Whoever shows what the run says masks these values in it.
    public var secrets = KnownSecrets()
    public var output: any LuaOutput
    public var clock: any LuaClock = LuaSystemClock()
    /// Seeds `math.random`.
    public var seed: UInt64 = 0
    /// A console's VM: no main chunk; it evaluates (``LuaVM/evaluate(_:)``) until ``LuaVM/end()``. The run deadline does
    /// not apply, and an exceeded burst or memory limit ends what is being evaluated, not the VM.
    public var isInteractive = false
    /// For tests: what ends the run at the n-th check. Every instruction is a check then.
    package var interruption: (check: UInt64, LuaVM.Interrupt, LuaCause)?
    /// Called on the watchdog's thread when the VM no longer reacts; the VM is abandoned afterwards and
    /// ``LuaVM/run()`` returns. A command-line program writes its records here and leaves with `_exit`.
    public var onBlocked: (@Sendable (LuaBlockage) -> Void)?
    /// Called on the VM thread when all tasks have ended and before `lua_close`: modules release what they hold.
    public var onClosing: (@Sendable () -> Void)?

    public init(source: [UInt8], name: String, folder: String? = nil, output: any LuaOutput) {
        self.source = source
        self.name = name
        self.folder = folder
        self.output = output
    }
}

/// What the watchdog saw.
public struct LuaBlockage: Sendable, Equatable {
    /// The library function, host function or chunk load that did not return: `host function 'spin'`, `load big.lua`.
    public var blockedIn: String
    /// `file:line` last seen by a check, when there was one.
    public var location: String?
    /// Why the script was to end in the first place.
    public var cause: LuaCause
}
