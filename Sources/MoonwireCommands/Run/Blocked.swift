internal import Glibc
internal import LuaRuntime

/// The last resort: a script that nothing else can end.
enum Blocked {
    /// Says where the script hangs and leaves the process. Called on the watchdog's thread, so it touches nothing that
    /// the VM's thread may hold.
    static func leave(_ blockage: LuaBlockage, _ script: String) {
        let place = blockage.location.map { " (last seen at \($0))" } ?? ""
        StandardError.say(
            "error: blocked in \(blockage.blockedIn)\(place); the \(blockage.cause.rawValue) limit has passed"
        )
        StandardOutput.write("TIMEOUT \(script): blocked in \(blockage.blockedIn)\n")
        _exit(ExitStatus.timeout.rawValue)
    }
}
