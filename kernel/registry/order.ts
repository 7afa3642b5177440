// Modules in an order in which each comes after those it needs; a missing or circular need is a problem.
import type { Module } from '@yingzao/kernel/entity'
import type { Problem } from './problem.ts'

type At = Module & { readonly file: string }

export function inOrder(modules: ReadonlyMap<string, At>, problems: Problem[]): At[] {
  const done = new Set<string>()
  const ordered: At[] = []
  const visit = (module: At, path: readonly string[]): void => {
    if (done.has(module.name)) return
    if (path.includes(module.name)) {
      problems.push({
        file: module.file,
        message: `modules need each other in a circle: ${[...path, module.name].join(' → ')}`,
      })
      return
    }
    for (const name of module.needs) {
      const needed = modules.get(name)
      if (needed) visit(needed, [...path, module.name])
      else problems.push({ file: module.file, message: `needs module "${name}", which is not installed` })
    }
    if (done.has(module.name)) return
    done.add(module.name)
    ordered.push(module)
  }
  for (const name of [...modules.keys()].sort()) {
    const module = modules.get(name)
    // The kernel's own nouns come first: everything may refer to people and places.
    if (module) visit(module, [])
  }
  return ordered.sort((a, b) => Number(b.name === 'kernel') - Number(a.name === 'kernel'))
}
