// A longjmp over a Swift frame skips what the frame owes: here the object it holds is never released.
final class Held {
    nonisolated(unsafe) static var released = 0
    deinit { Held.released += 1 }
}

@_silgen_name("poison_enter")
func enter(_ body: @convention(c) (UnsafeMutableRawPointer?) -> Void, _ context: UnsafeMutableRawPointer?) -> Int32

@_silgen_name("poison_jump")
func jump()

@inline(never)
func hold(_ object: Held) -> Int { withExtendedLifetime(object) { jump(); return 1 } }

let jumped = enter({ _ in _ = hold(Held()) }, nil)
print(jumped == 1 && Held.released == 0 ? "leaked" : "whole")
