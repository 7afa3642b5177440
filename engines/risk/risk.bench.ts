// Benchmark of the simulation: 10,000 runs of 1,000 tasks, in wall time and in the thread's own CPU time; shared by threads.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type FromThread, type RiskModel, simulate, simulateShared, type Threads } from './index.ts'
import { layeredPlan } from './testing/layered-plan.ts'

type Report = (name: string, medianMs: number, more?: { target: number }) => void

function measure(runs: number, action: () => void): { wall: number; cpu: number } {
  const walls: number[] = []
  const cpus: number[] = []
  for (let i = 0; i < runs; i++) {
    const cpu = process.cpuUsage()
    const begin = performance.now()
    action()
    walls.push(performance.now() - begin)
    const used = process.cpuUsage(cpu)
    cpus.push((used.user + used.system) / 1000)
  }
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(runs / 2)]!
  return { wall: middle(walls), cpu: middle(cpus) }
}

export default async function bench(report: Report): Promise<void> {
  const skewed = { of: 'factor', distribution: { kind: 'triangular', min: 0.8, mode: 1, max: 1.5 } } as const
  const betas = { of: 'factor', distribution: { kind: 'pert', min: 0.8, mode: 1, max: 1.5 } } as const
  const thousand = layeredPlan(1000)
  const several = layeredPlan(1000, 5)
  const many = layeredPlan(10_000)
  const cases: [string, typeof thousand, RiskModel, number, number][] = [
    ['1,000 tasks × 10,000, triangles', thousand, { standard: skewed }, 10_000, 1000],
    ['1,000 tasks × 10,000, betas', thousand, { standard: betas }, 10_000, 1000],
    ['1,000 tasks × 10,000, correlated', thousand, { standard: skewed, correlation: { common: 0.3 } }, 10_000, 1500],
    ['1,000 tasks × 10,000, five calendars', several, { standard: skewed }, 10_000, 2000],
    ['10,000 tasks × 1,000', many, { standard: skewed }, 1000, 2100],
  ]
  for (const [name, plan, model, iterations, target] of cases) {
    const { wall, cpu } = measure(5, () => {
      const outcome = simulate(plan, model, { iterations, seed: 1 })
      if (!outcome.ok) throw new Error(outcome.error.code)
    })
    report(`risk: ${name}`, wall, { target })
    report(`risk: ${name} (CPU)`, cpu, { target })
  }
  // Threads that stand ready: under Node they would first have to learn TypeScript, which a page's workers need not.
  const ready = Array.from({ length: availableParallelism() - 1 }, startThread)
  await Promise.all(ready.map(worker => new Promise(resolve => worker.once('message', resolve))))
  const walls: number[] = []
  for (let i = 0; i < 5; i++) {
    const begin = performance.now()
    const input = { plan: thousand, model: { standard: skewed }, options: { iterations: 10_000, seed: 1 } }
    const outcome = await simulateShared(input, nodeThreads(ready))
    if (!outcome.ok) throw new Error(outcome.error.code)
    walls.push(performance.now() - begin)
  }
  await Promise.all(ready.map(worker => worker.terminate()))
  const middle = walls.sort((a, b) => a - b)[2] ?? Number.NaN
  report(`risk: 1,000 tasks × 10,000, ${ready.length + 1} threads`, middle, { target: 1000 })
}

const startThread = (): Worker =>
  new Worker(
    `import('tsx/esm/api').then(tsx => { tsx.register(); return import(require('worker_threads').workerData) })`,
    {
      eval: true,
      workerData: new URL('./testing/node-thread.ts', import.meta.url).href,
    },
  )

/** The threads that stand ready, one after another. */
function nodeThreads(ready: readonly Worker[]): Threads {
  let given = 0
  return {
    count: ready.length,
    turn: () => new Promise(resolve => setImmediate(resolve)),
    open() {
      const worker = ready[given++]!
      worker.removeAllListeners('message')
      return {
        tell: message => worker.postMessage(message),
        hear(answer, broken) {
          worker.on('message', (message: FromThread) => answer(message))
          worker.once('error', broken)
        },
        end() {},
      }
    },
  }
}
