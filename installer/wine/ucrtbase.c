/* For tests under wine only, never shipped: Windows' library of C reckons with complex numbers, as
   numpy asks when it is imported; wine 8 ends the program there. stubs.sh puts these in their place
   and leaves all other functions to wine's own. */
#include <complex.h>

typedef struct { double re, im; } Dcomplex;
typedef struct { float re, im; } Fcomplex;

static double complex whole(double re, double im) {
    union { double parts[2]; double complex whole; } x = {{re, im}};
    return x.whole;
}

/* Microsoft's `long double` is a double. */
#define NUMBER(name, expression)                                                                   \
    __declspec(dllexport) double as_##name(Dcomplex x) {                                           \
        double complex z = whole(x.re, x.im);                                                      \
        return expression;                                                                         \
    }                                                                                              \
    __declspec(dllexport) float as_##name##f(Fcomplex x) {                                         \
        double complex z = whole(x.re, x.im);                                                      \
        return (float)expression;                                                                  \
    }

#define COMPLEX(name, expression)                                                                  \
    __declspec(dllexport) Dcomplex as_##name(Dcomplex x, Dcomplex y) {                             \
        double complex z = whole(x.re, x.im), w = expression;                                      \
        return (Dcomplex){__real__ w, __imag__ w};                                                 \
    }                                                                                              \
    __declspec(dllexport) Fcomplex as_##name##f(Fcomplex x, Fcomplex y) {                          \
        double complex z = whole(x.re, x.im), w = expression;                                      \
        return (Fcomplex){(float)__real__ w, (float)__imag__ w};                                   \
    }

NUMBER(creal, __real__ z)
NUMBER(cimag, __imag__ z)
NUMBER(cabs, cabs(z))
NUMBER(carg, carg(z))
COMPLEX(cexp, cexp(z))
COMPLEX(csin, csin(z))
COMPLEX(ccos, ccos(z))
COMPLEX(ctan, ctan(z))
COMPLEX(csinh, csinh(z))
COMPLEX(ccosh, ccosh(z))
COMPLEX(ctanh, ctanh(z))
COMPLEX(cpow, cpow(z, whole(y.re, y.im)))
