// What follows from somebody's rights over an entity, worked out once: a principal and a shape are snapshots that never change.
import type { Principal } from '../context.ts'
import type { Shape } from '../registry/shape.ts'

/** More than this of one person and entity are questions that nobody repeats. */
const most = 100

/** `kept(principal, shape, key, make)` gives what `make` made the first time. */
export function keeper<T>(): (principal: Principal, shape: Shape, key: string, make: () => T) => T {
  const all = new WeakMap<Principal, WeakMap<Shape, Map<string, T>>>()
  return (principal, shape, key, make) => {
    const shapes = all.get(principal) ?? new WeakMap<Shape, Map<string, T>>()
    all.set(principal, shapes)
    const known = shapes.get(shape) ?? new Map<string, T>()
    shapes.set(shape, known)
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make()
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}
