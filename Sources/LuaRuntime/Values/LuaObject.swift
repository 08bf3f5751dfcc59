/// A host object that scripts hold by handle. The VM keeps it alive while a handle exists; a handle that was closed
/// or collected never reaches another object, since slots carry generations.
public protocol LuaObject: AnyObject, Sendable {
    /// The same for every object of the type. It need not be registered anywhere: the VM meets it with the first object.
    var luaClass: LuaClass { get }

    /// The last handle is gone: closed, collected, or the VM ended. Called once per object and VM, on the VM thread;
    /// must not wait. The place to disarm a waiter or a subscription.
    func luaReleased()

    /// It was the answer of a call that nobody waits for any more: no script will hold it. On any thread; must not wait.
    /// The place to take back what was made for the script.
    func luaRefused()
}

extension LuaObject {
    public func luaReleased() {}
    public func luaRefused() {}
}
