a
b
c = 1
d++
;[a, b].forEach(f)
;(function () {})()
let x = a
let y = b
return1
x
++y
if (a) b
else c
do x; while (y) z
var f = function () {}
;`t`
