// The metrics of this node: one Prometheus registry, so that several apps in one process (tests) do not clash.
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** A registry with the process's own figures; parts register theirs on it, names begin with `yingzao_`. */
export function createMetrics(version: string): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'yingzao_info',
    help: 'Version of this node',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version, node: process.version }, 1)
  return registry
}
