import { applyEdits, defaultOptions, prepare } from './engines/schedule/index.ts'
import { largePlan } from './engines/schedule/cpm.bench.ts'
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000 }
const plan = largePlan(10_000)
for (const mode of ['ms', 'p6'] as const) {
  const made = prepare(plan, mode); if (!made.ok) throw new Error(made.error.code)
  const { engine } = made
  const times: number[] = [], w: number[] = []
  for (let run = 0; run < 60; run++) {
    const next = { ...engine.plan(), options: { ...engine.plan().options, start: plan.options.start + 1440 * (run + 1) } }
    const a = cpu(), t = performance.now()
    const r = engine.follow(next); if (!r.ok) throw new Error('x')
    times.push(cpu() - a); w.push(performance.now() - t)
  }
  const med = (l: number[]) => l.slice(20).sort((a, b) => a - b)[20]!.toFixed(2)
  console.log(mode, 'cpu', med(times), 'wall', med(w), 'min', Math.min(...w).toFixed(2))
}
