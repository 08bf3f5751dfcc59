package import LuaRuntime

/// What a script may do to the simulated module behind its modem: `modem.sim`.
///
/// Called from any thread; must not wait.
package protocol SimulatorControl: Sendable {
    /// Adds a fault in the words of `moonwire sim --fault`: `mute`, `drop-byte@p=0.001`, `reboot@5s`.
    /// - Throws: kind `argument` when the words are not understood.
    func add(fault: String) throws(LuaFailure)

    /// Ends all faults.
    func clearFaults()
}
