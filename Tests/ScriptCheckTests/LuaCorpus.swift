/// Small programs, one for each corner of the grammar.
enum LuaCorpus {
    static let accepted: [String] = statements + expressions + literals + scopes + programs

    private static let statements = [
        "", ";;;", "return", "return;", "return 1, 2, 3;", "do end", "do return end", "do ; end ;",
        "local a", "local a, b = 1", "local a, b, c = f()", "a = 1", "a, b = b, a", "a.b.c = 1", "a[1][2].x = 3",
        "a().b = 1", "a.b['c'] , d = 1 , 2", "(a).b = 1", "(a or b).c = 1", "f()", "f ( ) ( ) ( )", "f 'x'",
        "f [[x]]", "f { 1 }", "f{}{}{}", "a.b : c ( )", "a : b 'x' : c { } : d ( 1 )", "('x'):rep(3)",
        "if a then end", "if a then b = 1 elseif c then d = 1 elseif e then else f = 1 end",
        "while a do break end", "while true do if x then break end end", "repeat until a",
        "repeat local x = f ( ) until x == 1", "for i = 1, 2 do end", "for i = 1, 10, 2 do print ( i ) end",
        "for k in f do end", "for k, v in pairs ( t ) do print ( k , v ) end", "for a, b, c, d in f, s, i, x do end",
        "function f ( ) end", "function f ( a , b , ... ) return ... end", "function a.b.c ( ) end",
        "function a.b : c ( x ) return self , x end", "local function f ( ) return f end",
        "goto x ; ::x::", "::a:: goto a", "do goto x end ::x::", "while 1 do goto continue ; ::continue:: end",
        "goto x ; local a ; ::x::", "do goto x ; local a ; ::x:: ; end", "do goto x ; local a ; ::x:: ::y:: ;; end",
        "do ::x:: end do ::x:: end", "for i = 1, 3 do for j = 1, 3 do if j == 2 then goto next end end ::next:: end",
        "repeat goto c ; ::c:: until true", "function f ( ) ::x:: end ::x::", "goto goto1 ; ::goto1::",
        "::l1:: do ::l2:: end goto l1",
    ]

    private static let expressions = [
        "return a or b and c", "return not not a", "return - - a", "return - a ^ - b", "return 2 ^ 3 ^ 4",
        "return a .. b .. c", "return a < b == true", "return 1 + 2 * 3 - 4 / 5 % 6 // 7", "return ~ a | b & c ~ d",
        "return a << 1 >> 2", "return # t + # 'x'", "return a ~= b , a <= b , a >= b , a > b", "return a == b",
        "return ( a )", "return ( ( a ) )", "return ( f ( ) )", "return ( ... )", "return { ... }",
        "return { }", "return { 1 , 2 ; 3 , }", "return { a = 1 , [ 'b' ] = 2 , 3 ; c = f ( ) }", "return { f ( ) }",
        "return { [ 1 ] = 2 , [ { } ] = 3 }", "return { { { } } }", "return { a }", "return { a . b , a = 1 }",
        "return function ( ) end", "return function ( ... ) local a , b = ... end", "return ( function ( ) end ) ( )",
        "return f { } . x [ 1 ] : y ( ) . z", "return a . b . c : d ( e ) [ f ]", "return 'a' < 'b'",
        "return a and b or c and d", "return not a == b", "return - x . y", "return # a . b", "return - 1 ^ 2",
        "return 1 .. 2", "return a . and_b", "return nil , true , false", "return ( nil ) . x",
        "return 5 // 0.0 , 1 // 1",
        "return a | b ~ c & d << e .. f + g * - h ^ i", "return ~ ~ 1", "return - - 1", "return not - # x",
    ]

    private static let literals = [
        "return 0 , 1 , 007 , 1e3 , 1E+3 , 1e-3 , .5 , 5. , 5.5 , 5.e1 , .5e1",
        "return 0x10 , 0XfF , 0x.8p1 , 0xA.8 , 0x1p-4 , 0x1P+4",
        "return 9223372036854775807 , 9223372036854775808 , 0xffffffffffffffffff , 1e400", "return 3-2 , 3 ..''",
        "return 'a' , \"b\" , '\"' , \"'\"", #"return '\a\b\f\n\r\t\v\\\"\''"#,
        #"return '\x41\x7f\xFF\0\00\000\255\9z'"#,
        #"return '\u{0}\u{7F}\u{7FFFFFFF}\u{10FFFF}\u{00e9}'"#, "return 'a\\\nb'", "return 'a\\z   \n\t  b'",
        "return 'a\\\r\nb\\\n\rc'",
        "return [[]] , [[a]] , [==[ ]] ]=] ]==]", "return [[\na\nb]]", "return [[a\r\nb\rc\n\rd]]",
        "return [=[ [[ ]] ]=]",
        "-- comment", "--[[ long\ncomment ]] return", "--[==[ ]] ]==] return", "--[ short ]\nreturn",
        "---[[ not long\nreturn",
        "return 1 -- end", "a = 1 --[[ x ]] b = 2", "--", "return '\u{e9}\u{20ac}'", "return 1\r\n,\n\r2",
        "return\u{b}1\u{c}",
        "return '--' , '[['", "return a--[[x]]--[[y]]\n", "return 0xep1 , 0xe , 0x1e", "return 1//2 , 1 //2 , 1// 2",
        "return a[b[c]] , a[ [[x]] ] , a[ [=[y]=] ]", "return \"\" .. '' .. [[]]",
    ]

    private static let scopes = [
        "local x <const> = 1 return x", "local x <close> = nil", "local x < const > , y <close> , z = 1 , nil , 2",
        "local const , close = 1 , 2", "local x <const> = 1 ; local x = 2 ; x = 3",
        "local x <const> = 1 do local x ; x = 2 end",
        "local _ENV = { }; a = 1", "_ENV = { }", "local function f ( _ENV ) return a end", "return _ENV . a",
        "for i = 1 , 2 do i = 3 end", "for k in f do k = 1 end", "function f ( a ) a = 1 end", "local a a = a",
        "local a , a = 1 , 2", "function f ( a , a ) end", "local x <const> = 1 function f ( ) return x end",
        "local self function a : b ( ) self = 1 end", "local t <const> = { } t . x = 1",
        "return ... , select ( '#' , ... )",
        "local goto_ , End , AND = 1 , 2 , 3", "local a_1 , _ , __x9 = 1",
    ]

    private static let programs = [
        """
        local M = {}
        M.__index = M
        function M.new(o) return setmetatable(o or {}, M) end
        function M:get(key, ...) local v = self[key] ; if v == nil then return ... end return v end
        return M
        """,
        """
        local t = { x = 1 , y = { 2 , 3 } , ["z"] = function ( a , ... ) return a , ... end }
        for i , v in ipairs ( t.y ) do t.y [ i ] = v * 2 ^ - i .. "s" end
        while # t.y > 0 do table.remove ( t.y ) if t.x then goto done end end
        ::done:: return t
        """,
        """
        step("publish", function()
            local client <close> = modem.mqtt:client { id = "unit-001" , will = { topic = "a" , payload = "b" } }
            client:connect { host = params.host or "broker.example" , port = 1883 }
            if not client.connected then fail "no" else client:publish("a/b", ("x"):rep(10), { qos = 1 }) end
        end, { retries = 1 })
        """,
        """
        local ok , err = pcall ( function ( ) error { kind = "x" } end )
        if not ok and type ( err ) == "table" then print ( err.kind , # arg , - 1 , ~ 0 , 7 // 2 , 1 << 3 | 1 ) end
        repeat local line = io.read and io.read ( "l" ) until not line
        for n = 10 , 1 , - 1 do print ( n ) end
        """,
    ]

    static let refused = [
        "x", "1", "'a'", "f", "a.b", "a b", "a =", "= 1", "a = 1 b", "return return", "return 1 2", "a , b", "local",
        "local 1",
        "local a.b = 1", "local function a.b() end", "function () end", "function a:b.c() end", "function a:b:c() end",
        "if a end",
        "if a then", "if a then else elseif b then end", "while a end", "while do end", "repeat end", "repeat",
        "for i do end",
        "for i = 1 do end", "for i = 1, 2, 3, 4 do end", "for i in do end", "for 1 = 1, 2 do end",
        "for a.b in f do end", "do", "end",
        "do end end", "until x", "else", "break", "function f() break end", "while 1 do function f() break end end",
        "goto x", "goto",
        "::x", "::x:: ::x::", "do goto x end do ::x:: end", "goto x ; local a ; ::x:: print(a)",
        "repeat goto c ; local x ; ::c:: until x",
        "::x:: do ::x:: end", "repeat if x then goto c end ; local y ; ::c:: until true",
        "function f() goto x end ::x::", "(a) = 1", "f() = 1", "a() , b = 1 , 2", "a + 1 = 2",
        "'x' = 1", "nil = 1",
        "... = 1", "function f() return ... end", "local function f(a) return function() return ... end end",
        "function f(..., a) end",
        "function f(a,) end", "function f(1) end", "return (", "return )", "return ( )", "return (1", "return {",
        "return { , }",
        "return { a = }", "return { = 1 }", "return { [1] }", "return { [1 = 2 }", "return a.", "return a:b",
        "return a.1", "return a[",
        "return a[]", "return a:1()", "f(,)", "f(1,)", "return 1 +", "return + 1", "return * 1", "return a == == b",
        "return a not b",
        "return not", "return #", "return a !", "return a != b", "return a ? b : c", "return a && b", "return a || b",
        "x += 1", "x++",
        "return @", "return $", "return `a`", "return a =~ b", "return 1x", "return 0x", "return 0xg", "return 1e",
        "return 1e+", "return 1..2",
        "return 1.2.3", "return 0x1p", "return 3a", "return 1_000", "return 'a", "return \"a\n\"", "return 'a\\",
        "return '\\q'", "return '\\x1'",
        "return '\\xg1'", "return '\\256'", "return '\\u'", "return '\\u{'", "return '\\u{}'",
        "return '\\u{110000000}'", "return '\\u{12'",
        "return [[a", "return [==[a]]", "return [=a", "--[[ a", "return [==", "local x <const> = 1 x = 2",
        "local x <foo> = 1", "local x <const = 1",
        "local x < > = 1", "local x <close> , y <close> = 1 , 2", "local x <const> = 1 function x() end",
        "local x <const> = 1 function f() x = 2 end",
        "local x <close> = nil x = 1", "local x <const> , y = 1 y , x = 1 , 2", "local and = 1", "a.end = 1",
        "return a.function", "return { end = 1 }",
        "f{} = 1", "local f() = 1", "return function end", "return function ( end", "function f() ",
        "if x then return 1 2 end",
        "return ; x = 1", "do return ; ; end", "\u{1}", "a \u{e9} = 1", "x = }", "x = ]", "return a..", "return ....",
        "f 1", "f nil", "'a':rep(3)",
        "{}.x = 1", "return a and", "return - ", "return ~", "local x = local y", "for i = 1, 2 print(i) end",
        "while true print(1) end",
        "if x then print(1)) end", "return 0x.p1", "return .", "return ..", "return 1 . . 2", "::1::", "goto 1",
        "local ::x::",
    ]
}
