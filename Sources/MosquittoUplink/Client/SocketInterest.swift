import CMosquitto
import Glibc

/// A socket and the `poll` events to wait for.
struct SocketInterest: Equatable {
    var descriptor: Int32
    var events: Int16

    init(descriptor: Int32, write: Bool) {
        self.descriptor = descriptor
        // The peer's half of a close counts as input that ends.
        events = Int16(POLLIN) | moonwire_poll_peer_closed | (write ? Int16(POLLOUT) : 0)
    }
}

/// The error that waits on a socket, taken off it; 0: none.
func takeSocketError(_ descriptor: Int32) -> Int32 {
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 else { return errno }
    return error
}

/// Whether bytes wait to be read.
func hasInput(_ descriptor: Int32) -> Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) > 0
}
