"""The objectives of test/support/objectives.ts in Python, by which both are checked. Each minimizes.

A space is a list of {name, type: "float" | "int" | "cat", low, high, log, choices, when: (name, value)}.
"""

import math, numpy as np
def F(n,lo,hi,log=False,when=None): return dict(name=n,type='float',low=lo,high=hi,log=log,when=when)
def I(n,lo,hi,log=False,when=None): return dict(name=n,type='int',low=lo,high=hi,log=log,when=when)
def C(n,ch,when=None): return dict(name=n,type='cat',choices=ch,when=when)
def box(d,lo,hi): return [F(f'x{i}',lo,hi) for i in range(d)]
def vec(p): return np.array([p[f'x{i}'] for i in range(len(p))])
def branin(p):
    x,y=p['x0'],p['x1']
    return (y-5.1/(4*math.pi**2)*x*x+5/math.pi*x-6)**2+10*(1-1/(8*math.pi))*math.cos(x)+10
_a=np.array([1.0,1.2,3.0,3.2])
_A3=np.array([[3,10,30],[.1,10,35],[3,10,30],[.1,10,35]],float)
_P3=1e-4*np.array([[3689,1170,2673],[4699,4387,7470],[1091,8732,5547],[381,5743,8828]],float)
_A6=np.array([[10,3,17,3.5,1.7,8],[.05,10,17,.1,8,14],[3,3.5,1.7,10,17,8],[17,8,.05,10,.1,14]],float)
_P6=1e-4*np.array([[1312,1696,5569,124,8283,5886],[2329,4135,8307,3736,1004,9991],[2348,1451,3522,2883,3047,6650],[4047,8828,8732,5743,1091,381]],float)
def _hart(x,A,P): return -float(np.sum(_a*np.exp(-np.sum(A*(x[None,:]-P)**2,axis=1))))
def hartmann3(p): return _hart(vec(p),_A3,_P3)
def hartmann6(p): return _hart(vec(p),_A6,_P6)
ACK_C=np.array([3.7,-8.1,5.3,-1.9,11.3])
def ackley5(p):
    z=vec(p)-ACK_C; d=len(z)
    return float(-20*math.exp(-.2*math.sqrt(np.sum(z*z)/d))-math.exp(np.sum(np.cos(2*math.pi*z))/d)+20+math.e)
def levy4(p):
    w=1+(vec(p)-1)/4
    return float(math.sin(math.pi*w[0])**2+np.sum((w[:-1]-1)**2*(1+10*np.sin(math.pi*w[:-1]+1)**2))+(w[-1]-1)**2*(1+math.sin(2*math.pi*w[-1])**2))
def rosenbrock4(p):
    x=vec(p); return float(np.sum(100*(x[1:]-x[:-1]**2)**2+(1-x[:-1])**2))
RAS_C=np.array([1.1,-0.7,2.3,-1.7])
def rastrigin4(p):
    z=vec(p)-RAS_C; return float(10*len(z)+np.sum(z*z-10*np.cos(2*math.pi*z)))
def stybtang5(p):
    x=vec(p); return float(.5*np.sum(x**4-16*x*x+5*x))
MIX=[F('lr',1e-5,1.0,log=True),F('drop',0.0,0.9),I('layers',1,10),C('act',['relu','tanh','sigmoid']),C('opt',['sgd','adam','rmsprop','adagrad'])]
_m={'sgd':-1.0,'adam':-3.0,'rmsprop':-3.5,'adagrad':-2.0}; _b={'sgd':.15,'adam':0.0,'rmsprop':.1,'adagrad':.3}
_d={'relu':.35,'tanh':.2,'sigmoid':.1}; _L={'relu':7,'tanh':4,'sigmoid':2}; _aa={'relu':0.0,'tanh':.2,'sigmoid':.5}
def mixed5(p):
    u=math.log10(p['lr'])-_m[p['opt']]
    return .5*u*u+.1*(1-math.cos(3*math.pi*u))+4*(p['drop']-_d[p['act']])**2+.08*(p['layers']-_L[p['act']])**2+_aa[p['act']]+_b[p['opt']]
CON=[C('kind',['svm','rf']),F('C',1e-3,1e3,log=True,when=('kind','svm')),F('gamma',1e-4,10.0,log=True,when=('kind','svm')),
     I('depth',2,32,when=('kind','rf')),I('n_est',10,500,log=True,when=('kind','rf')),F('max_feat',.1,1.0,when=('kind','rf'))]
def conditional(p):
    if p['kind']=='svm':
        c,g=math.log10(p['C']),math.log10(p['gamma'])
        return .05+.02*(c-1)**2+.03*(g+2)**2+.01*(c+g+1)**2
    return .08+.0004*(p['depth']-14)**2+.02*(math.log10(p['n_est'])-math.log10(200))**2+.1*(p['max_feat']-.4)**2
FUNCS={ # name: (f, space, optimum, noise sigma)
 'branin':(branin,[F('x0',-5,10),F('x1',0,15)],0.39788735772973816,0),
 'hartmann3':(hartmann3,box(3,0,1),-3.862779787332663,0),
 'hartmann6':(hartmann6,box(6,0,1),-3.322368011415515,0),
 'ackley5':(ackley5,box(5,-32.768,32.768),0.0,0),
 'levy4':(levy4,box(4,-10,10),0.0,0),
 'rosenbrock4':(rosenbrock4,box(4,-5,10),0.0,0),
 'rastrigin4':(rastrigin4,box(4,-5.12,5.12),0.0,0),
 'stybtang5':(stybtang5,box(5,-5,5),-39.16616570377142*5,0),
 'mixed5':(mixed5,MIX,0.0,0),
 'conditional':(conditional,CON,0.05,0),
 'branin_noisy':(branin,[F('x0',-5,10),F('x1',0,15)],0.39788735772973816,2.0),
}
