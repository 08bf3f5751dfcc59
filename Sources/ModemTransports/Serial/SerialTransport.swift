internal import ATProtocol
internal import CTerminal
internal import Glibc
public import ModemSession
internal import NIOCore
internal import NIOPosix

/// A modem on a serial port of this machine: a UART, a USB interface, a pseudo terminal.
public final class SerialTransport: ModemTransport {
    public let name: String
    public let options: SerialOptions
    private let locator: PortLocator
    private let loop: LineLoop

    public var executor: any LineExecutor { loop.executor }

    /// - Parameters:
    ///   - path: of the device, or of a link to it. A port on USB is looked for by its place on the bus when it is
    ///     opened again, as its name may have changed.
    ///   - name: as the operator wrote it; nil: the path.
    ///   - scanner: where USB ports are looked for.
    public init(
        path: String,
        name: String? = nil,
        options: SerialOptions = SerialOptions(),
        scanner: PortScanner = PortScanner(),
        loop: LineLoop = .shared
    ) {
        locator = PortLocator(path: path, scanner: scanner)
        self.options = options
        self.loop = loop
        self.name = name ?? path
    }

    public func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result {
        let path = try locator.locate()
        let port = try SerialPort(path: path, options: options)
        defer { port.release() }
        let descriptor = port.descriptor
        let channel: any Channel
        do {
            channel = try await NIOPipeBootstrap(group: loop.eventLoop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(LineHandler(deliver))
                    }
                }
                .takingOwnershipOfDescriptor(inputOutput: descriptor)
                .get()
        } catch {
            close(descriptor)
            throw TransportError(code: .system, port: path, message: "the port cannot be watched: \(error)")
        }
        return try await ChannelLine(channel: channel, descriptor: descriptor, deliver: deliver).use(body)
    }
}
