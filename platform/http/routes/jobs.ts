// Jobs a person started: how far, what came out, and stopping them.
import type { FastifyInstance } from 'fastify'
import { demandCaller } from '../guard.ts'
import type { Host } from '../host.ts'

export function jobRoutes(_app: FastifyInstance, _host: Host): void {
  demandCaller
}
