/** This many available or fewer is called low on the dashboard and in the stock filter. */
export const lowStockLimit = 5
