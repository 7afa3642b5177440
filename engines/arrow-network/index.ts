// The time-scaled arrow network (双代号时标网络图): computed dates and links in; circles, arrows, waves and rows out.
export type { Arrow, Diagram, Dummy, EventNode, Lane } from './diagram.ts'
export { type FrontPoint, frontLine } from './front.ts'
export type { ArrowInput, ArrowLink, ArrowTask } from './input.ts'
export { type ArrowOptions, arrowDiagram, type DiagramOutcome } from './place.ts'
export { type PlanArrows, planArrows } from './plan-arrows.ts'
