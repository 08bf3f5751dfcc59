public import ATProtocol
public import ModemSession

/// The module's end of a line: what a simulated module sends and receives through.
///
/// The in-process pipe, a served pty and a served TCP port are such ends. Everything is called on `executor`.
public protocol ModuleLine: Sendable {
    var executor: any LineExecutor { get }

    /// Sets who takes the bytes of the host; before the first call they wait. `at`: when they arrived here.
    func onReceive(_ handler: @escaping @Sendable ([UInt8], _ at: Moment) -> Void)

    /// Sends bytes to the host, behind all earlier ones. From any thread. Lost while nobody is connected.
    func send(_ bytes: [UInt8])

    /// The port disappears (a USB device unplugged, a socket closed), or is there again. From any thread.
    func setPresent(_ isPresent: Bool)
}
