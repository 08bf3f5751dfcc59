internal import ModemSession
internal import NIOCore

/// Telnet with the COM-PORT option between a socket and a line.
///
/// Everything is asked for at once and nothing is waited for, except at the opening: there the first answer of the
/// remote port tells that its device is open. A server that cannot open it says why in plain text and hangs up.
final class RFC2217Handler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Bytes that came before the port had answered: a message of the server, or early data.
        case opening(EventLoopPromise<Void>, [UInt8], deadline: Scheduled<Void>?)
        case open
    }

    /// More than this is no message.
    private static let longestMessage = 1024

    private let name: String
    private let options: SerialOptions
    private let patience: TimeAmount
    private var decoder = TelnetDecoder()
    private var phase: Phase
    private var answered: Set<[UInt8]> = []
    /// The port's settings are on their way to the server.
    private var isSetUp = false

    /// - Parameters:
    ///   - patience: a server that has not said anything of its port after this is taken as it is.
    ///   - opened: succeeds when the port can be used, fails with `TransportError`.
    init(name: String, options: SerialOptions, patience: TimeAmount, opened: EventLoopPromise<Void>) {
        self.name = name
        self.options = options
        self.patience = patience
        phase = .opening(opened, [], deadline: nil)
    }

    func channelActive(context: ChannelHandlerContext) {
        let offer: [[UInt8]] = [
            Telnet.negotiation(.will, Telnet.Option.comPort),
            Telnet.negotiation(.will, Telnet.Option.binary),
            Telnet.negotiation(.do, Telnet.Option.binary),
            Telnet.negotiation(.will, Telnet.Option.suppressGoAhead),
            Telnet.negotiation(.do, Telnet.Option.suppressGoAhead),
        ]
        answered.formUnion(offer)
        send(offer.flatMap(\.self), context)
        if case .opening(let opened, let held, _) = phase {
            let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            let deadline = context.eventLoop.scheduleTask(in: patience) {
                let (handler, context) = loopBound.value
                handler.open(context)
            }
            phase = .opening(opened, held, deadline: deadline)
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var plain: [UInt8] = []
        var commands: [Telnet.Command] = []
        let bytes = unwrapInboundIn(data).withUnsafeReadableBytes { Array($0) }
        decoder.decode(bytes, data: &plain) { commands.append($0) }
        pass(plain, context)
        for command in commands { answer(command, context) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data).withUnsafeReadableBytes { Array($0) }
        context.write(wrapOutboundOut(ByteBuffer(bytes: Telnet.doubled(bytes))), promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .opening(let opened, let held, let deadline) = phase {
            phase = .open
            deadline?.cancel()
            opened.fail(refusal(held))
        }
        context.fireChannelInactive()
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        if let request = event as? ComPortRequest {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: request.bytes)), promise: promise)
        } else {
            context.triggerUserOutboundEvent(event, promise: promise)
        }
    }

    // MARK: -

    private func pass(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        guard !bytes.isEmpty else { return }
        if case .opening(let opened, var held, let deadline) = phase {
            held += bytes
            phase = .opening(opened, held, deadline: deadline)
            if held.count > Self.longestMessage { open(context) }
        } else {
            context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: bytes)))
        }
    }

    private func open(_ context: ChannelHandlerContext) {
        guard case .opening(let opened, let held, let deadline) = phase else { return }
        phase = .open
        deadline?.cancel()
        opened.succeed()
        if !held.isEmpty { context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: held))) }
    }

    private func answer(_ command: Telnet.Command, _ context: ChannelHandlerContext) {
        switch command {
        case .negotiation(.do, Telnet.Option.comPort):
            setUp(context)
        case .negotiation(.dont, Telnet.Option.comPort):
            open(context)
        case .negotiation(.will, let option):
            let isWanted = option == Telnet.Option.binary || option == Telnet.Option.suppressGoAhead
            reply(Telnet.negotiation(isWanted ? .do : .dont, option), context)
        case .negotiation(.do, let option):
            let isWanted = option == Telnet.Option.binary || option == Telnet.Option.suppressGoAhead
            reply(Telnet.negotiation(isWanted ? .will : .wont, option), context)
        case .subnegotiation(Telnet.Option.comPort, let body):
            // Notices of line and modem state (106, 107) say as well that the device is open.
            if isSetUp, let number = body.first, number > ComPortRequest.answerOffset { open(context) }
        case .negotiation(.wont, _), .negotiation(.dont, _), .subnegotiation, .other:
            break
        }
    }

    /// The purge belongs to the opening. A server that was slow to answer may have the first commands in its buffers
    /// already, and would throw them away.
    private func setUp(_ context: ChannelHandlerContext) {
        guard !isSetUp else { return }
        isSetUp = true
        var requests = ComPortRequest.setUp(options)
        if case .opening = phase { requests.append(.purge) }
        send(requests.flatMap(\.bytes), context)
    }

    /// Says a thing once: answering what only confirms would go on for ever (RFC 854).
    private func reply(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        if answered.insert(bytes).inserted { send(bytes, context) }
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func refusal(_ held: [UInt8]) -> TransportError {
        let words = String(decoding: held, as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: " ")
        let message = words.isEmpty ? "the server hung up without a word" : "the server says: \(words)"
        let code: TransportError.Code = words.contains("in use") || words.contains("busy") ? .busy : .notFound
        return TransportError(code: code, port: name, message: message)
    }
}
