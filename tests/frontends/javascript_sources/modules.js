import 'm'; import "m2"; import a from 'm'; import { b } from 'm'; import { c as d } from 'm'; import { e, f as g, } from 'm'; import * as h from 'm'; import {} from 'm'
import i, { j } from 'm'; import k, * as l from 'm'; import { default as n } from 'm'; import { 'a b' as o } from 'm'; import p from 'm' with { type: 'json' }
export { q1 }; export { b as c, d1 as default, e1 as 'x y' }; export {}; var q1, d1, e1, g1, o1; export { g1 as g2, }
export { h } from 'm'; export { i as j, default as k2, l as default1 } from 'm'; export {} from 'm'; export { 'a b' as 'c d', x as y } from 'm'
export * from 'm'; export * as ns from 'm'; export * as 'n s' from 'm'; export * as default2 from 'm'
export var v1; export let v2 = 1, v3; export const v4 = 1; export const { v5, v6: v7, ...v8 } = o1, [v9 = 1, [v10]] = o1
export function f1() {} export async function f2() {} export function* f3() {} export class C1 {} export class C2 extends C1 {}
