// Rental of machines and turnover material by time.
export { type MonthMode, type RentalMonth, type RentalTerms, rentalByMonth } from './rental-by-month.ts'
