import Glibc
import MosquittoUplink
import Synchronization

/// A peer on loopback that answers each piece of input with the next step: what no real broker does on request.
///
/// One connection, served by blocking calls on a thread of its own.
struct FakeServer {
    enum Step: Sendable {
        /// After something was received: these bytes.
        case send([UInt8])
        case sendAndClose([UInt8])
        /// After something was received: an orderly close.
        case close
        /// After something was received: a reset.
        case reset
    }

    let port: Int
    private let record: Record

    /// All that was received before each step.
    var received: [UInt8] { record.bytes.withLock { $0 } }

    private final class Record: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }

    var directory: HostDirectory {
        let port = port
        return HostDirectory { _, _ in .address(host: "127.0.0.1", port: port) }
    }

    /// After the last step the server stays silent until the peer closes.
    static func with<Result>(_ steps: [Step], _ body: (FakeServer) async throws -> Result) async throws -> Result {
        let listener = try Listener()
        let record = Record()
        let thread = listener.serve(steps, record)
        do {
            let result = try await body(FakeServer(port: listener.port, record: record))
            listener.stop(thread)
            return result
        } catch {
            listener.stop(thread)
            throw error
        }
    }

    private struct Listener: Sendable {
        let descriptor: Int32
        let port: Int

        init() throws {
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let descriptor = descriptor
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, size)
                    getsockname(descriptor, $0, &size)
                }
            }
            listen(descriptor, 4)
            port = Int(in_port_t(bigEndian: address.sin_port))
        }

        func serve(_ steps: [Step], _ record: Record) -> pthread_t {
            final class Work {
                let run: () -> Void
                init(_ run: @escaping () -> Void) { self.run = run }
            }
            let descriptor = descriptor
            let work = Work {
                let peer = accept(descriptor, nil, nil)
                guard peer >= 0 else { return }
                Listener.play(steps, on: peer, record)
                close(peer)
            }
            var thread = pthread_t()
            pthread_create(
                &thread,
                nil,
                { context in
                    guard let context else { return nil }
                    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
                    return nil
                },
                Unmanaged.passRetained(work).toOpaque()
            )
            return thread
        }

        private static func play(_ steps: [Step], on peer: Int32, _ record: Record) {
            var buffer = [UInt8](repeating: 0, count: 4096)
            for step in steps {
                let count = recv(peer, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                record.bytes.withLock { $0 += buffer.prefix(count) }
                switch step {
                case .send(let bytes): send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                case .sendAndClose(let bytes):
                    send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                    return
                case .close: return
                case .reset:
                    var now = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(peer, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
                    return
                }
            }
            while recv(peer, &buffer, buffer.count, 0) > 0 {}
        }

        /// Ends a wait for a connection that never came; a served peer has closed by now or is closed by its uplink.
        func stop(_ thread: pthread_t) {
            Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
            pthread_join(thread, nil)
            close(descriptor)
        }
    }
}

extension [UInt8] {
    func contains(sequence: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: sequence) }
    }
}
