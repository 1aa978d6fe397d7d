try { a } catch { b } try { a } catch (e) { b } try { a } finally { b } try { a } catch (e) { b } finally { c } try { } catch { } try { } finally { }
try { a } catch ({ b, c: [d] }) { e } try { a } catch ([b = 1]) { c } try { try { a } catch { b } } catch { c } finally { try { d } finally { e } }
throw a; throw new E('x', { cause: e }); throw (a, b); function f() { try { return a } catch (e) { throw e } finally { return b } }
function f() { return await1; } async function g() { return await a } async function h() { return await (b) } function i() { return function () {} }
while (a) { if (b) break; if (c) continue; d } function j() { for (;;) { try { return 1 } catch { continue } finally { break } } }
