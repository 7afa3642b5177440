// Plan templates: a plan without dates, with blocks that repeat; taken from a plan, laid out again, put into a plan as edits.
export { type ExpandedPlan, type ExpandOutcome, expandTemplate, MOST_COPIES } from './expand.ts'
export { insertEdits, type TemplatePlace } from './insert.ts'
export { MOST_TASKS, readTemplate, type TemplateFault } from './read.ts'
export { emptyTemplate, type PlanTemplate, type TemplateFlow, type TemplateParameter } from './shape.ts'
export { type TakenTemplate, takeTemplate } from './take.ts'
export { templatePlan, templateRows } from './view.ts'
