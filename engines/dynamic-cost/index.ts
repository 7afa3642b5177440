// 动态成本: what each cost item will have cost in the end, and what a further spending does to its target.
export {
  type ContingencyInput,
  type ContingencyMove,
  type ContingencyStanding,
  contingencyStanding,
} from './contingency.ts'
export {
  type CostLeaf,
  type CostStanding,
  type CostTotals,
  costStanding,
  totalCost,
} from './cost-standing.ts'
export { type GateAnswer, type GateLevels, nearestBudgeted, overBudget } from './over-budget.ts'
