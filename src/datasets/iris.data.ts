// Written by scripts/datasets.mjs from data/iris.csv; source and license in data/README.md.
import type { EncodedTable } from "./decode.ts";

export const encoded: EncodedTable<string> = {
  features: ["sepal_length","sepal_width","petal_length","petal_width"],
  targets: ["setosa","versicolor","virginica"],
  decimals: [1,1,1,1],
  widths: [2,1,1,1],
  rows: "0dS>20bN>20`P=20_O?20cT>20gWA40_R>30cR?20]M>20bO?10gU?20aR@20aN>10[N;10kX<20j]?40gW=40dS>30jVA30dV?30gRA20dU?40_T:20dQA50aRC20cN@20cR@40eS?20eR>20`P@20aO@20gR?40eY?10hZ>20bO?20cP<20hS=20bT>10]N=20dR?20cS=30^G=30]P=20cS@60dVC40aN>30dV@20_P>20fU?20cQ>20wP`>0qP^?0vOb?0hGX=0rL_?0jL^=0pQ`@0bHQ:0sM_=0eKW>0cDS:0lNZ?0mFX:0nM`>0iMT=0tO]>0iN^?0kKY:0oF^?0iIW;0lPaB0nLX=0pIb?0nL`<0qM[=0sN]>0uLa>0tNcA0mM^?0jJS:0hHV;0hHU:0kKW<0mKd@0gN^?0mR^@0tO`?0pG]=0iNY=0hIX=0hJ]<0nN_>0kJX<0cGQ:0iKZ=0jNZ<0jMZ=0oM[=0dIN;0jLY=0pQmI0kKdC0xNlE0pMiB0rNkF0}NsE0bI^A0zMpB0tIkB0yTnI0rPdD0qKfC0uNhE0jIcD0kLdH0qPfG0rNhB0~VtF0~JvG0mFc?0vPjG0iLbD0~LtD0pKbB0tQjE0yPmB0oLaB0nNbB0qLiE0yNk@0{LnC11VqD0qLiF0pLd?0nJi>0~NnG0pRiH0qOhB0mNaB0vOgE0tOiH0vOdG0kKdC0uPlG0tQjI0tNeG0pIcC0rNeD0oRgG0lNdB",
  labels: "000000000000000000000000000000000000000000000000001111111111111111111111111111111111111111111111111122222222222222222222222222222222222222222222222222",
};
